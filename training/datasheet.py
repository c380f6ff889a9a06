"""What the project's own corpus holds, how far two annotators agree.  python -m training.datasheet --help."""

from pathlib import Path

import pandas as pd
from omegaconf import DictConfig

from training.command import build, command
from training.data import bundled, second_labels
from training.data.bundled import CORPUS
from training.facts import actors, copies, counts, one_sided, shares
from training.metrics import agreement, matched
from training.report import markdown
from training.schema import KINDS, LEANINGS, STANCES, VOICES, InputError

DATASHEET = CORPUS / "DATASHEET.md"
BEGIN, END = "<!-- figures: written by make corpus -->", "<!-- end of figures -->"


@command("datasheet")
def main(config: DictConfig) -> None:
    """Print the corpus's tables, write them into its datasheet, and export it where ``output`` says."""
    if config.output and Path(config.output).exists():
        raise InputError(
            f"{config.output}: output must be a folder that is not there yet, found one; move it"
        )
    figures = "\n\n".join(tables())
    print(figures)
    write(figures, DATASHEET)
    if config.output:
        parts = build(config.split, dataset=bundled(contrast=config.contrast))
        beside = Path(config.output).with_name(f".{Path(config.output).name}.part")
        parts.save_to_disk(beside)
        beside.rename(config.output)
        print(f"exported: datasets.load_from_disk({config.output!r})")


def tables() -> list[str]:
    """The tables in Markdown: counts, shares, actors seen from one side, agreement, confusion."""
    pairs, sentences = bundled(contrast=False).to_pandas(), bundled(False, "sentiment").to_pandas()
    second = second_labels().to_pandas()
    both = matched(pairs, second)
    return [
        _two_columns("the corpus", _counted(pairs, sentences)),
        markdown(["register", "pairs", *STANCES], _by_register(pairs)),
        markdown(["actor", "pairs", *STANCES], _actors(pairs)),
        "Actors of 20 pairs or more whose judgements lie on one side by more than 75 %:",
        markdown(["actor", *STANCES, "one side, %"], _cells(one_sided(pairs))),
        _two_columns("two annotators", _agreed(pairs, second)),
        markdown(["first \\ second", *STANCES], _cells(pd.crosstab(both["stance"], both["stance_second"]))),
    ]


def _counted(pairs: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, str]:
    judged = pairs[pairs["stance"] != "neutral"]
    of_all, of_pairs = counts(sentences, "sentiment"), counts(pairs, "stance")
    return {
        **{name: of_all[name] for name in ("articles", "events", "words a sentence", "word forms")},
        "sentences": of_all["rows"],
        "sentences that name an actor": of_pairs["sentences"],
        **{name: value for name, value in of_pairs.items() if name not in {*of_all, *STANCES}},
        **{f"stance {name}": of_pairs[name] for name in STANCES},
        **{f"sentiment {name}": of_all[name] for name in ("negative", "neutral", "positive")},
        **{f"voice {name}": share for name, share in shares(judged["voice"], VOICES).items()},
        **{f"kind {name}": share for name, share in shares(sentences["kind"], KINDS).items()},
        **{
            f"outlet {name} somebody": share for name, share in shares(sentences["leaning"], LEANINGS).items()
        },
        "openings of two words": of_all["openings of two words"],
        "near copies": str(len(copies(list(sentences["sentence"])))),
    }


def _by_register(pairs: pd.DataFrame) -> list[list[str]]:
    groups = sorted(pairs.groupby("register"), key=lambda group: -len(group[1]))
    return [[str(name), f"{len(rows):,}", *shares(rows["stance"], STANCES).values()] for name, rows in groups]


def _actors(pairs: pd.DataFrame, most: int = 15) -> list[list[str]]:
    return [
        [name, f"{row.iloc[0]:.0f}", *(f"{share} %" for share in row.iloc[1:])]
        for name, row in actors(pairs).head(most).iterrows()
    ]


def _agreed(pairs: pd.DataFrame, second: pd.DataFrame) -> dict[str, str]:
    told = agreement(pairs, second)
    names = ("kappa_stance", "kappa_voice", "f1_mentions", "f1_evidence")
    return {
        name.replace("_", " "): f"{told[name]:.3f} ({told[f'{name}_low']:.3f}-{told[f'{name}_high']:.3f})"
        for name in names
    } | {"pairs that both have": f"{told['n']:,}"}


def _two_columns(title: str, told: dict[str, str]) -> str:
    return markdown([title, ""], [list(row) for row in told.items()])


def _cells(table: pd.DataFrame) -> list[list[str]]:
    return [
        [str(name), *(f"{value:g}" for value in row)]
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]


def write(figures: str, file: Path) -> None:
    """Put the figures between the marks of the datasheet. Raises InputError where it has none."""
    text = file.read_text("utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise InputError(f"{file}: it must hold the lines {BEGIN} and {END} once, found others")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}", "utf-8")
    beside.replace(file)


if __name__ == "__main__":
    main()
