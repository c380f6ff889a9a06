"""Scores of predicted stances and of found mentions, with 95 % intervals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.stats import binomtest

from training.schema import LABELS

DRAWS = 1000


def scores(
    given: Sequence[str],
    predicted: Sequence[str],
    articles: Sequence[Any] | None = None,
    targets: Sequence[Any] | None = None,
    task: str = "stance",
) -> dict[str, float]:
    """macro_f1, f1 of each label, favg, favg_mean, f1_pn, accuracy, each with ``_low``, ``_high``; and n.

    favg is the mean of F1 against and F1 favor over all rows (SemEval-2016 task 6), f1_pn the same figure
    under the name it has where labels are negative and positive (SemEval-2017 task 4); favg_mean is its mean
    over ``targets``, given only where each of them has both stances: a closed set of issues. Sentiment has
    f1_pn alone. A label neither given nor predicted scores 0, as in scikit-learn.
    ``articles`` names the article of each row: whole articles are drawn, for their sentences are not
    independent (percentile bootstrap, 1,000 draws, seed fixed). None: every row stands alone.

    >>> found = scores(["against", "neutral", "favor"], ["against", "neutral", "neutral"])
    >>> round(found["macro_f1"], 3), found["favg"], found["n"]
    (0.556, 0.5, 3)
    """
    groups = pd.factorize(np.asarray(articles))[0] if articles is not None else np.arange(len(given))
    counts = _Counts(given, predicted, groups, LABELS[task])
    every = np.arange(len(given))
    drawn = np.random.default_rng(0).multinomial(
        counts.groups, np.full(counts.groups, 1 / counts.groups), DRAWS
    )
    weights = np.vstack([np.ones(counts.groups), drawn])  # the first row is the point itself
    measures = _measures(counts.tables(weights, every), task)
    kinds = [np.flatnonzero(np.asarray(targets) == target) for target in sorted(set(targets or []))]
    if kinds and all({"against", "favor"} <= set(np.asarray(given)[rows]) for rows in kinds):
        measures["favg_mean"] = np.mean(
            [_measures(counts.tables(weights, rows), task)["favg"] for rows in kinds], axis=0
        )
    result: dict[str, float] = {}
    for name, values in measures.items():
        low, high = np.percentile(values[1:], [2.5, 97.5])
        result |= {name: float(values[0]), f"{name}_low": float(low), f"{name}_high": float(high)}
    return result | {"n": len(given)}


def scores_of(frame: pd.DataFrame, predicted: Sequence[str], task: str) -> dict[str, float]:
    """The scores of a table's labels, drawn by its articles, with its actors as targets if it has any."""
    targets = list(frame["actor"]) if "actor" in frame else None
    return scores(list(frame[task]), predicted, list(frame["article_id"]), targets, task)


def scores_by(
    column: str, frame: pd.DataFrame, predicted: Sequence[str], task: str = "stance"
) -> pd.DataFrame:
    """One row a value of ``column``, most frequent first: n, accuracy, counts given and predicted."""
    given = frame[task].to_numpy()
    table = pd.DataFrame({column: frame[column].to_numpy(), "n": 1, "right": given == predicted})
    for label in LABELS[task]:
        table[f"given_{label}"] = given == label
        table[f"predicted_{label}"] = np.asarray(predicted) == label
    found = table.groupby(column, sort=True).sum().sort_values("n", ascending=False, kind="stable")
    return (
        found.rename(columns={"right": "accuracy"})
        .assign(accuracy=lambda t: (t["accuracy"] / t["n"]).round(3))
        .reset_index()
    )


class _Counts:
    """Rows as given x predicted cells of their article, to be counted under any weights of the articles."""

    def __init__(
        self, given: Sequence[str], predicted: Sequence[str], groups: np.ndarray, labels: tuple[str, ...]
    ):
        index = {label: i for i, label in enumerate(labels)}
        pairs = zip(given, predicted, strict=True)
        self.size = len(labels)
        self.cells = np.array([index[g] * self.size + index[p] for g, p in pairs], int)
        self.rows, self.groups = groups, int(groups.max()) + 1

    def tables(self, weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Draw x given x predicted counts of these rows; ``weights`` is draw x article."""
        ones = np.ones(len(rows))
        shape = self.groups, self.size**2
        counted = csr_matrix((ones, (self.rows[rows], self.cells[rows])), shape=shape)
        return np.asarray(weights @ counted).reshape(len(weights), self.size, self.size)


def _measures(tables: np.ndarray, task: str) -> dict[str, np.ndarray]:
    """Confusion tables (draw x given x predicted) -> each measure, one value a draw."""
    right = np.diagonal(tables, axis1=1, axis2=2)
    total = tables.sum(axis=1) + tables.sum(axis=2)
    f1 = 2 * right / np.maximum(total, 1)
    measures = {"macro_f1": f1.mean(axis=1)} | {
        f"f1_{label}": f1[:, i] for i, label in enumerate(LABELS[task])
    }
    measures["f1_pn"] = (f1[:, 0] + f1[:, -1]) / 2  # labels stand from the bad to the good
    if task == "stance":
        measures["favg"] = measures["f1_pn"]
    return measures | {"accuracy": right.sum(axis=1) / np.maximum(tables.sum(axis=(1, 2)), 1)}


Places = Sequence[tuple[int, int]]


def finding_scores(given: Sequence[Places], found: Sequence[Places]) -> dict[str, float]:
    """How well mentions are found: recall and precision by overlap and by exact span, and n mentions given.

    One list of spans a sentence on either side; intervals are Wilson's (95 %).

    >>> round(finding_scores([[(0, 5), (9, 12)]], [[(0, 4)]])["overlap_recall"], 2)
    0.5
    """
    result: dict[str, float] = {"n": sum(map(len, given))}
    for name, same in (("overlap", _overlap), ("exact", tuple.__eq__)):
        for measure, these, those in (("recall", given, found), ("precision", found, given)):
            hits = [
                any(same(a, b) for b in other) for own, other in zip(these, those, strict=True) for a in own
            ]
            result |= _proportion(f"{name}_{measure}", sum(hits), len(hits))
    return result


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _proportion(name: str, hits: int, n: int) -> dict[str, float]:
    if n == 0:
        return {name: 0.0, f"{name}_low": 0.0, f"{name}_high": 1.0}
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    return {name: hits / n, f"{name}_low": float(interval.low), f"{name}_high": float(interval.high)}
