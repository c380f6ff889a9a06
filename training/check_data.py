"""What a labelled corpus holds, before anyone trains on it.  python -m training.check_data --help."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from omegaconf import DictConfig
from sklearn.feature_extraction.text import CountVectorizer

from training.command import build, command, corpora
from training.schema import LABELS, PARTS, STANCES
from training.text import normalise

#: Two sentences that share more of their character 5-grams than this are copies of each other.
COPY = 0.6


@command("check_data")
def main(config: DictConfig) -> None:
    """Print the corpus's counts, its actors and what of it would stand in two parts of the split."""
    splits = [build(config.split, dataset=dataset) for dataset in corpora(config).values()]
    parts = {
        part: pd.concat([split[part].to_pandas() for split in splits], ignore_index=True) for part in PARTS
    }
    print(pd.DataFrame({part: counts(frame, config.task) for part, frame in parts.items()}).to_string(), "\n")
    if config.task == "stance":
        print(actors(pd.concat(parts.values(), ignore_index=True)).to_string(), "\n")
    for part in PARTS[1:]:
        for line in copies_between(parts[part], parts["train"], part):
            print(line)


def counts(frame: pd.DataFrame, task: str) -> dict[str, str]:
    """What one part holds: rows, sentences, articles, actors, shares of the labels, words a sentence."""
    words = frame.drop_duplicates("sentence_id")["sentence"].str.split().str.len()
    low, high = np.percentile(words, [5, 95])
    return {
        "pairs" if task == "stance" else "rows": str(len(frame)),
        "sentences": str(frame["sentence_id"].nunique()),
        "articles": str(frame["article_id"].nunique()),
        **{label: f"{100 * (frame[task] == label).mean():.1f} %" for label in LABELS[task]},
        "words a sentence": f"{words.mean():.1f} ({low:.0f} to {high:.0f})",
        **(_of_pairs(frame) if task == "stance" else {}),
    }


def _of_pairs(frame: pd.DataFrame) -> dict[str, str]:
    return {
        "actors": str(frame["actor"].nunique()),
        "pairs that stand twice": str(int(frame.duplicated(["sentence", "actor"]).sum())),
        "pairs without a mention": str(int((frame["mentions"].str.len() == 0).sum())),
    }


def actors(frame: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """The most frequent actors with the share of each stance, in percent."""
    table = pd.crosstab(frame["actor"], frame["stance"]).reindex(columns=list(STANCES), fill_value=0)
    total = table.sum(axis=1)
    shares = (100 * table.div(total, axis=0)).round(1).add_suffix(" %")
    shares.insert(0, "pairs", total)
    return shares.sort_values("pairs", ascending=False, kind="stable").head(most).rename_axis(None)


def copies_between(part: pd.DataFrame, train: pd.DataFrame, name: str, shown: int = 3) -> Iterator[str]:
    """One line how many of the part's sentences have a copy in train, and a few of them."""
    sentences = part["sentence"].drop_duplicates().tolist()
    shares, nearest = near_copies(sentences, train["sentence"].drop_duplicates().tolist())
    found = np.flatnonzero(shares > COPY)
    yield f"{name}: {len(found)} of {len(sentences)} sentences have a near copy in train"
    for index in found[np.argsort(-shares[found], kind="stable")][:shown]:
        yield f"  {100 * shares[index]:.0f} %  {sentences[index][:70]}  |  {nearest[index][:70]}"


def near_copies(sentences: list[str], others: list[str], batch: int = 500) -> tuple[np.ndarray, list[str]]:
    """For each sentence the largest share of character 5-grams (Jaccard) it has in common with another.

    Texts are normalised first. Returns the shares and the other sentences they are reached with.

    >>> shares, nearest = near_copies(["وصل الوزير إلى القاهرة أمس"], ["وصل الوزيرُ الى القاهرة أمس", "غادر"])
    >>> shares.round(2).tolist(), nearest[0][:9]
    ([1.0], 'وصل الوزي')
    """
    vectorizer = CountVectorizer(analyzer=grams, binary=True, dtype=np.float32)
    known = vectorizer.fit_transform(others)
    asked = vectorizer.transform(sentences)
    own = np.array([len(set(grams(sentence))) for sentence in sentences])
    sizes = known.sum(axis=1).A1
    shares, nearest = [], []
    for at in range(0, len(sentences), batch):
        common = (asked[at : at + batch] @ known.T).toarray()
        jaccard = common / (own[at : at + batch, None] + sizes[None] - common)
        best = jaccard.argmax(axis=1)
        shares.append(jaccard[np.arange(len(best)), best])
        nearest += [others[index] for index in best]
    return np.concatenate(shares), nearest


def grams(sentence: str) -> list[str]:
    """The character 5-grams of a normalised sentence; of a shorter one itself."""
    text = " ".join(normalise(sentence).split())
    return [text[at : at + 5] for at in range(max(len(text) - 4, 1))]


if __name__ == "__main__":
    main()
