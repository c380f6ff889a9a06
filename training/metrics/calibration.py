"""How far a probability can be believed."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def calibration(given: Sequence[str], probabilities: pd.DataFrame, bins: int = 15) -> dict[str, float]:
    """ece (expected calibration error of the answers, equal bins, Guo et al. 2017) and brier (0 to 2).

    ``probabilities`` has a column a label, a row a row.

    >>> sure = pd.DataFrame({"against": [1.0, 0.0], "neutral": [0.0, 1.0]})
    >>> calibration(["against", "neutral"], sure)
    {'ece': 0.0, 'brier': 0.0}
    """
    labels = list(probabilities.columns)
    asked = probabilities.to_numpy()
    sure, right = asked.max(axis=1), np.array(labels)[asked.argmax(axis=1)] == np.asarray(given)
    table = reliability(sure, right, bins)
    ece = float((table["n"] * (table["accuracy"] - table["sure"]).abs()).sum() / len(right))
    wanted = np.asarray(given)[:, None] == np.array(labels)[None]
    return {"ece": ece, "brier": float(((asked - wanted) ** 2).sum(axis=1).mean())}


def reliability(sure: np.ndarray, right: np.ndarray, bins: int = 15) -> pd.DataFrame:
    """One row a bin of the answers' probability that holds any: n, mean probability ``sure``, accuracy."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    table = pd.DataFrame({"bin": place, "sure": sure, "accuracy": right.astype(float), "n": 1})
    return table.groupby("bin").agg({"n": "sum", "sure": "mean", "accuracy": "mean"}).reset_index()
