"""How far two annotators agree on the same sentences."""

from typing import Any

import numpy as np
import pandas as pd

from training.metrics.counts import DRAWS, groups_of, weights_of, with_intervals


def matched(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The pairs that both have labelled: columns of ``first``, and of ``second`` with the ending _second.

    Actors are matched by their mentions, for each annotator has names of its own: in a sentence, two pairs
    whose mentions overlap, those that share most characters first, each once.
    """
    found = []
    others = dict(list(second.groupby("sentence_id")))
    for name, ours in first[first["sentence_id"].isin(others)].groupby("sentence_id", sort=False):
        found += _matched(ours, others[name])
    one, other = ([pair[side] for pair in found] for side in (0, 1))
    columns = ["actor", "mentions", "stance", "voice", "holder", "evidence"]
    theirs = second.loc[other, columns].add_suffix("_second").reset_index(drop=True)
    return pd.concat([first.loc[one].reset_index(drop=True), theirs], axis=1)


def _matched(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[tuple[Any, Any]]:
    shared = [
        (len(_places(mine) & _places(other)), i, j)
        for i, mine in ours["mentions"].items()
        for j, other in theirs["mentions"].items()
    ]
    found: list[tuple[Any, Any]] = []
    for size, i, j in sorted(shared, key=lambda told: -told[0]):
        if size and all(i != one and j != other for one, other in found):
            found.append((i, j))
    return found


def _places(spans: Any) -> set[int]:
    return {place for span in spans for place in range(span["start"], span["end"])}


def agreement(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, float]:
    """kappa_stance, kappa_voice (of pairs that both judge), f1_mentions, f1_evidence; n pairs matched.

    Each but n with its interval, over draws of whole articles. F1 of mentions: a pair of one annotator is
    found where the other has a pair matched to it; of evidence: characters of matched pairs that both judge,
    each judgement alike. Cohen's kappa (1960).
    """
    sentences = set(first["sentence_id"]) & set(second["sentence_id"])
    ours, theirs = (frame[frame["sentence_id"].isin(sentences)] for frame in (first, second))
    pairs = matched(ours, theirs)
    judged = pairs[(pairs["stance"] == pairs["stance_second"]) & (pairs["stance"] != "neutral")]
    drawn = {
        "kappa_stance": _kappa(pairs, "stance"),
        "kappa_voice": _kappa(judged, "voice"),
        "f1_mentions": _f1(ours["article_id"], theirs["article_id"], pairs["article_id"]),
        "f1_evidence": _f1(*_evidence(judged)),
    }
    return with_intervals(drawn) | {"n": len(pairs)}


def _kappa(pairs: pd.DataFrame, label: str) -> np.ndarray:
    """Cohen's kappa of two columns, on the rows and on draws of articles."""
    groups = groups_of(list(pairs["article_id"]), len(pairs))
    labels = sorted(set(pairs[label]) | set(pairs[f"{label}_second"]))
    index = {name: place for place, name in enumerate(labels)}
    cells = pairs[label].map(index) * len(labels) + pairs[f"{label}_second"].map(index)
    counted = np.zeros((groups.max() + 1, len(labels) ** 2))
    np.add.at(counted, (groups, cells.to_numpy()), 1)
    tables = (weights_of(len(counted), DRAWS) @ counted).reshape(-1, len(labels), len(labels))
    total = tables.sum(axis=(1, 2))
    same = np.trace(tables, axis1=1, axis2=2) / total
    chance = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / total**2
    return (same - chance) / (1 - chance)


def _f1(ours: pd.Series, theirs: pd.Series, both: pd.Series) -> np.ndarray:
    """F1 of counts that stand as one article_id a thing counted, on them and on draws of articles."""
    articles = sorted(set(ours) | set(theirs))
    counts = [
        values.value_counts().reindex(articles, fill_value=0).to_numpy() for values in (ours, theirs, both)
    ]
    weights = weights_of(len(articles), DRAWS)
    one, other, shared = (weights @ counted for counted in counts)
    return 2 * shared / (one + other)


def _evidence(pairs: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """One article_id a character of evidence: of the first annotator's, the second's, of both."""
    places = [
        (_places(one), _places(other))
        for one, other in zip(pairs["evidence"], pairs["evidence_second"], strict=True)
    ]
    sizes = [[len(one), len(other), len(one & other)] for one, other in places]
    articles = pairs["article_id"].to_numpy()
    return tuple(pd.Series(np.repeat(articles, column)) for column in np.transpose(sizes))
