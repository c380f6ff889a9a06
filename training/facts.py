"""What a labelled corpus holds, and what in it is to be looked at."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from training.schema import LABELS, STANCES
from training.text import PROCLITICS, normalise

#: Two sentences that share more of their character 5-grams than this are copies of each other.
COPY = 0.6
BATCH = 500


def counts(frame: pd.DataFrame, task: str) -> dict[str, str]:
    """What a table holds: rows, sentences, articles, events, actors, shares of labels, words a sentence."""
    sentences = frame.drop_duplicates("sentence_id")["sentence"]
    length, forms = sentences.str.split().str.len(), [normalise(sentence).split() for sentence in sentences]
    low, high = np.percentile(length, [5, 95])
    return {
        "pairs" if task == "stance" else "rows": f"{len(frame):,}",
        "sentences": f"{len(sentences):,}",
        "articles": f"{frame['article_id'].nunique():,}",
        **({"events": f"{frame['event'].nunique():,}"} if "event" in frame else {}),
        **shares(frame[task], LABELS[task]),
        "words a sentence": f"{length.mean():.1f} ({low:.0f} to {high:.0f})",
        "word forms": f"{len({form for sentence in forms for form in sentence}):,}",
        "openings of two words": f"{len({tuple(sentence[:2]) for sentence in forms}):,}",
        **(_of_pairs(frame) if task == "stance" else {}),
    }


def shares(values: pd.Series, labels: Iterable[str]) -> dict[str, str]:
    """Each label's share, in percent."""
    return {label: f"{100 * (values == label).mean():.1f} %" for label in labels}


def _of_pairs(frame: pd.DataFrame) -> dict[str, str]:
    return {
        "actors": f"{frame['actor'].nunique():,}",
        "pairs that stand twice": str(int(frame.duplicated(["sentence", "actor"]).sum())),
        "pairs without a mention": str(int((frame["mentions"].str.len() == 0).sum())),
        **(
            {"evidence over half the sentence": str(len(long_evidence(frame)))} if "evidence" in frame else {}
        ),
        "mentions with a proclitic": str(len(with_proclitic(frame))),
        "frequent actors seen from one side": str(len(one_sided(frame))),
    }


def actors(frame: pd.DataFrame) -> pd.DataFrame:
    """The actors, most frequent first: pairs, and the share of each stance in percent."""
    table = _stances(frame)
    total = table.sum(axis=1)
    told = (100 * table.div(total, axis=0)).round(1).add_suffix(" %")
    told.insert(0, "pairs", total)
    return told.sort_values("pairs", ascending=False, kind="stable").rename_axis(None)


def _stances(frame: pd.DataFrame) -> pd.DataFrame:
    """Actor x stance: how many pairs."""
    return pd.crosstab(frame["actor"], frame["stance"]).reindex(columns=list(STANCES), fill_value=0)


def one_sided(frame: pd.DataFrame, often: int = 20, most: float = 0.75) -> pd.DataFrame:
    """The actors of ``often`` pairs or more whose judgements lie on one side by more than ``most``."""
    table = _stances(frame)
    judged = table["against"] + table["favor"]
    side = table[["against", "favor"]].max(axis=1) / judged.where(judged > 0)
    found = table.assign(side=(100 * side).round(1))[(table.sum(axis=1) >= often) & (side > most)]
    return found.sort_values("side", ascending=False, kind="stable").rename_axis(None)


def long_evidence(frame: pd.DataFrame, most: float = 0.5) -> pd.DataFrame:
    """The pairs whose evidence is more than this share of the sentence's characters."""
    told = [
        sum(span["end"] - span["start"] for span in (() if spans is None else spans))
        for spans in frame["evidence"]
    ]
    return frame[np.array(told) > most * frame["sentence"].str.len()]


def with_proclitic(frame: pd.DataFrame) -> pd.DataFrame:
    """The mentions that keep an attached proclitic: what is left without it is the actor's name elsewhere.

    A row a mention: sentence_id, actor, mention. A fused لل is the guideline's own form.
    """
    told = [
        (row.sentence_id, row.actor, row.sentence[span["start"] : span["end"]])
        for row in frame.itertuples()
        for span in row.mentions
    ]
    found = pd.DataFrame(told, columns=["sentence_id", "actor", "mention"])
    known = {
        (actor, normalise(mention)) for actor, mention in zip(found["actor"], found["mention"], strict=True)
    }
    kept = [
        mention[0] in PROCLITICS and mention[:2] != "لل" and (actor, normalise(mention[1:])) in known
        for actor, mention in zip(found["actor"], found["mention"], strict=True)
    ]
    return found[np.array(kept, bool)]


def copies(sentences: list[str]) -> pd.DataFrame:
    """The sentences that are near copies of an earlier one: share, sentence, other; the nearest first."""
    told = pd.Series(sentences).drop_duplicates().reset_index(drop=True)
    matrix, own = _grams_of(list(told))
    found = []
    for at in range(0, len(told), BATCH):
        common = (matrix[at : at + BATCH] @ matrix.T).toarray()
        alike = common / (own[at : at + BATCH, None] + own[None] - common)
        for row, other in zip(*np.nonzero(np.tril(alike, at - 1) > COPY), strict=True):
            found.append((alike[row, other], told[at + row], told[other]))
    table = pd.DataFrame(found, columns=["share", "sentence", "other"])
    return table.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def near_copies(sentences: list[str], others: list[str]) -> tuple[np.ndarray, list[str]]:
    """For each sentence the largest share of character 5-grams (Jaccard) it has in common with another.

    Texts are normalised first. Returns the shares and the other sentences they are reached with.

    >>> shares, nearest = near_copies(["وصل الوزير إلى القاهرة أمس"], ["وصل الوزيرُ الى القاهرة أمس", "غادر"])
    >>> shares.round(2).tolist(), nearest[0][:9]
    ([1.0], 'وصل الوزي')
    """
    matrix, sizes = _grams_of([*others, *sentences])
    known, asked = matrix[: len(others)], matrix[len(others) :]
    told, nearest = [], []
    for at in range(0, len(sentences), BATCH):
        common = (asked[at : at + BATCH] @ known.T).toarray()
        own = sizes[len(others) + at :][: len(common), None]
        alike = common / (own + sizes[None, : len(others)] - common)
        best = alike.argmax(axis=1)
        told.append(alike[np.arange(len(best)), best])
        nearest += [others[index] for index in best]
    return np.concatenate(told), nearest


def _grams_of(sentences: list[str]) -> tuple[csr_matrix, np.ndarray]:
    """Sentence x 5-gram, 1 where it stands there, and how many each sentence has."""
    matrix = CountVectorizer(analyzer=grams, binary=True, dtype=np.float32).fit_transform(sentences)
    return matrix, matrix.sum(axis=1).A1


def grams(sentence: str) -> list[str]:
    """The character 5-grams of a normalised sentence; of a shorter one itself."""
    text = " ".join(normalise(sentence).split())
    return [text[at : at + 5] for at in range(max(len(text) - 4, 1))]
