"""Given and predicted labels as counts that whole articles can be drawn from."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

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


def f1_of(tables: np.ndarray) -> np.ndarray:
    """Confusion tables (draw x given x predicted) -> F1, draw x label."""
    right = np.diagonal(tables, axis1=1, axis2=2)
    return np.asarray(2 * right / np.maximum(tables.sum(axis=1) + tables.sum(axis=2), 1))
