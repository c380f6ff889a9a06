"""Compare runs on the rows that both answered, pair by pair.  python -m training.compare --help."""

from pathlib import Path

import pandas as pd
from omegaconf import DictConfig

from training import tracking
from training.command import command, corpora
from training.metrics import paired
from training.report import compare_page, difference_line
from training.schema import LABELS, InputError

KEYS = ["sentence_id", "actor"]
Compared = tuple[str, str, dict[str, float], pd.DataFrame]


@command("compare")
def main(config: DictConfig) -> None:
    """Compare each of ``runs`` with the first, print and log the difference, write the page."""
    page = Path(config.output)
    if not page.parent.is_dir():
        raise InputError(f"{page}: the output's folder must be there, found none; make it first")
    tracking.connect()
    first, *others = runs_of(config)
    ours = tracking.answers(first, config.part)
    check_task(ours, first, config.task)
    texts = texts_of(first)
    found = [compared(config, first, ours, other, texts) for other in others]
    beside = page.with_name(f".{page.name}.part")
    beside.write_text(
        compare_page((tracking.name_of(first), first), found, config.part, config.metric), "utf-8"
    )
    beside.replace(page)
    print(f"the sentences on which they differ: {page}")


def compared(
    config: DictConfig, first: str, ours: pd.DataFrame, other: str, texts: dict[str, str]
) -> Compared:
    """The other run's name, its id, by how much it is better, and the rows on which it differs; logged."""
    theirs = aligned(ours, tracking.answers(other, config.part), first, other)
    given, before, after = (
        list(column) for column in (ours["given"], ours["predicted"], theirs["predicted"])
    )
    told = paired(
        given, before, after, list(ours["article_id"]), config.task, config.metric, ours.get("actor")
    )
    tracking.log_comparison(other, first, told)
    name = tracking.name_of(other)
    print(difference_line(tracking.name_of(first), name, config.metric, told))
    rows = ours.assign(other=after, sentence=ours["sentence_id"].map(texts).fillna(""))
    return name, other, told, rows[rows["predicted"] != rows["other"]]


def runs_of(config: DictConfig) -> list[str]:
    """The ids of the runs to compare; one alone is put after the champion's."""
    runs = [str(run) for run in ([config.runs] if isinstance(config.runs, str) else config.runs)]
    if len(runs) == 1:
        holder = tracking.champion(config.task)
        if holder is None:
            raise InputError(
                f"runs must name two runs, found {runs[0]} alone and no champion of {config.task}"
            )
        runs = [str(holder.run_id), *runs]
    if len(set(runs)) < len(runs):
        raise InputError(f"runs must be different ones, found {', '.join(runs)}")
    return runs


def check_task(answers: pd.DataFrame, run: str, task: str) -> None:
    """Refuse the answers of a run of another task."""
    other = sorted(set(answers["given"]) - set(LABELS[task]))
    if other:
        raise InputError(f"run {run}: must be one of {task}, found the label {other[0]}; add its task=...")


def aligned(ours: pd.DataFrame, theirs: pd.DataFrame, first: str, other: str) -> pd.DataFrame:
    """The other run's answers in the order of ours. Raises InputError where the rows are not the same."""
    keys = [key for key in KEYS if key in ours]
    same = set(keys) <= set(theirs) and sorted(map(tuple, ours[[*keys, "given"]].to_numpy())) == sorted(
        map(tuple, theirs[[*keys, "given"]].to_numpy())
    )
    if not same:
        raise InputError(
            f"runs {first} and {other}: both must have answered the same rows, found {len(ours)} and"
            f" {len(theirs)} of different data; compare runs of one data and split"
        )
    order = theirs.assign(nth=theirs.groupby(keys).cumcount()).set_index([*keys, "nth"])
    wanted = ours.assign(nth=ours.groupby(keys).cumcount())[[*keys, "nth"]]
    return order.loc[list(map(tuple, wanted.to_numpy()))].reset_index()


def texts_of(run: str) -> dict[str, str]:
    """sentence_id -> sentence of the data a training run names; empty, and told why, where they are gone."""
    config = tracking.config_of(run)
    if config is None:
        return {}
    try:
        frames = [dataset.to_pandas() for dataset in corpora(config).values()]
    except InputError as error:
        print(f"the page shows no sentences: {error}")
        return {}
    every = pd.concat(frames).drop_duplicates("sentence_id")
    return dict(zip(every["sentence_id"], every["sentence"], strict=True))


if __name__ == "__main__":
    main()
