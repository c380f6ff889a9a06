"""Given and predicted labels as counts that whole articles can be drawn from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from training.schema import LABELS, InputError

#: Draws of the bootstrap.
DRAWS = 1000


class Counts:
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


def weights_of(groups: int, draws: int) -> np.ndarray:
    """How often each article is drawn: once each in the first row, the point itself; then ``draws`` draws."""
    drawn = np.random.default_rng(0).multinomial(groups, np.full(groups, 1 / groups), draws)
    return np.vstack([np.ones((1, groups)), drawn])


def groups_of(articles: Sequence[Any] | None, rows: int) -> np.ndarray:
    """The number of each row's article; None: every row is one of its own. Raises InputError for no rows."""
    if not rows:
        raise InputError("answers: there must be rows to score, found none in this slice")
    return np.arange(rows) if articles is None else pd.factorize(np.asarray(articles))[0]


def with_intervals(drawn: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Measure -> point and draws, as the point with its 95 % interval, ``_low`` and ``_high``."""
    found: dict[str, float] = {}
    for name, values in drawn.items():
        low, high = np.percentile(values[1:], [2.5, 97.5])
        found |= {name: float(values[0]), f"{name}_low": float(low), f"{name}_high": float(high)}
    return found


def f1_of(tables: np.ndarray) -> np.ndarray:
    """Confusion tables (draw x given x predicted) -> F1, draw x label."""
    right = np.diagonal(tables, axis1=1, axis2=2)
    return np.asarray(2 * right / np.maximum(tables.sum(axis=1) + tables.sum(axis=2), 1))


def measures_of(tables: np.ndarray, task: str) -> dict[str, np.ndarray]:
    """Confusion tables (draw x given x predicted) -> each measure, one value a draw."""
    right = np.diagonal(tables, axis1=1, axis2=2)
    precision, recall = (right / np.maximum(tables.sum(axis=axis), 1) for axis in (1, 2))
    f1 = f1_of(tables)
    measures = {"macro_f1": f1.mean(axis=1)}
    for name, values in (("f1", f1), ("precision", precision), ("recall", recall)):
        measures |= {f"{name}_{label}": values[:, i] for i, label in enumerate(LABELS[task])}
    measures["f1_pn"] = (f1[:, 0] + f1[:, -1]) / 2  # labels stand from the bad to the good
    if task == "stance":
        measures["favg"] = measures["f1_pn"]
    return measures | {"accuracy": right.sum(axis=1) / np.maximum(tables.sum(axis=(1, 2)), 1)}


def target_rows(given: Sequence[str], targets: Sequence[Any] | None) -> list[np.ndarray]:
    """The rows of each target; none unless every target has rows both against and favor: a closed set."""
    labels = np.asarray(given)
    kinds = [
        np.flatnonzero(np.asarray(targets) == target)
        for target in sorted(set(() if targets is None else targets))
    ]
    return kinds if all({"against", "favor"} <= set(labels[rows]) for rows in kinds) else []


def measured(
    tables: Callable[[np.ndarray], np.ndarray], rows: int, kinds: list[np.ndarray], task: str
) -> dict[str, np.ndarray]:
    """The measures of all rows, and favg_mean over the targets' rows; ``tables`` counts given rows."""
    found = measures_of(tables(np.arange(rows)), task)
    if kinds:
        found["favg_mean"] = np.mean([measures_of(tables(kind), task)["favg"] for kind in kinds], axis=0)
    return found
