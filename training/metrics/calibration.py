"""How far a probability can be believed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from training.metrics.counts import DRAWS, groups_of, weights_of, with_intervals

BINS = 15


def calibration(
    given: Sequence[str], probabilities: pd.DataFrame, articles: Sequence[Any] | None = None
) -> dict[str, float]:
    """ece (expected calibration error of the answers, equal bins, Guo et al. 2017) and brier (0 to 2).

    ``probabilities`` has a column a label, a row a row. Each measure stands with its interval, ``_low`` and
    ``_high``, from the draws of whole ``articles`` by which ``scores`` has its own; None: rows stand alone.

    >>> sure = pd.DataFrame({"against": [1.0, 0.0], "neutral": [0.0, 1.0]})
    >>> found = calibration(["against", "neutral"], sure)
    >>> found["ece"], found["brier_high"]
    (0.0, 0.0)
    """
    return with_intervals(_drawn(given, probabilities, articles))


def calibration_apart(
    given: Sequence[str],
    first: pd.DataFrame,
    second: pd.DataFrame,
    articles: Sequence[Any] | None = None,
) -> dict[str, float]:
    """ece and brier of ``second`` less those of ``first``, with intervals; below 0 is better."""
    one, other = (_drawn(given, probabilities, articles) for probabilities in (first, second))
    return with_intervals({name: other[name] - one[name] for name in one})


def _drawn(
    given: Sequence[str], probabilities: pd.DataFrame, articles: Sequence[Any] | None
) -> dict[str, np.ndarray]:
    """Measure -> its value on the rows themselves, then on each draw of articles."""
    groups = groups_of(articles, len(given))
    labels, asked = list(probabilities.columns), probabilities.to_numpy()
    sure, right = asked.max(axis=1), np.array(labels)[asked.argmax(axis=1)] == np.asarray(given)
    wanted = np.asarray(given)[:, None] == np.array(labels)[None]
    squares = np.bincount(groups, ((asked - wanted) ** 2).sum(axis=1))
    apart = np.zeros((len(squares), BINS))
    np.add.at(apart, (groups, _bins(sure)), right - sure)
    weights, sizes = weights_of(len(squares), DRAWS), np.bincount(groups)
    rows = weights @ sizes
    return {"ece": np.abs(weights @ apart).sum(axis=1) / rows, "brier": weights @ squares / rows}


def reliability(sure: np.ndarray, right: np.ndarray) -> pd.DataFrame:
    """One row a bin of the answers' probability that holds any: n, mean probability ``sure``, accuracy."""
    table = pd.DataFrame({"bin": _bins(sure), "sure": sure, "accuracy": right.astype(float), "n": 1})
    return table.groupby("bin").agg({"n": "sum", "sure": "mean", "accuracy": "mean"}).reset_index()


def _bins(sure: np.ndarray) -> np.ndarray:
    return np.minimum((sure * BINS).astype(int), BINS - 1)
