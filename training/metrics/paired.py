"""Two models' answers to the same rows: how far apart they score, and whether chance would do that."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from training.metrics.counts import DRAWS, Counts, measures_of, weights_of
from training.schema import LABELS, InputError


def paired(
    given: Sequence[str],
    first: Sequence[str],
    second: Sequence[str],
    articles: Sequence[Any] | None = None,
    task: str = "stance",
    metric: str = "macro_f1",
) -> dict[str, float]:
    """By how much ``second`` is better than ``first``, with its 95 % interval and p-values.

    difference, _low, _high: of the metric, under the same draws of whole articles for both; p_randomisation:
    the share of random exchanges of the two answers, article by article, that lie as far apart (Noreen 1989);
    p_mcnemar: exact, over the rows that one of them alone has right, only_first and only_second. n: rows.

    >>> found = paired(["against", "favor"] * 20, ["against"] * 40, ["against", "favor"] * 20)
    >>> found["only_second"], found["difference"] > 0.3, found["p_mcnemar"] < 0.001
    (20, True, True)

    Raises InputError for a metric that is none.
    """
    groups = pd.factorize(np.asarray(articles))[0] if articles is not None else np.arange(len(given))
    counts = [Counts(given, answers, groups, LABELS[task]) for answers in (first, second)]
    every, number = np.arange(len(given)), counts[0].groups

    def score(tables: np.ndarray) -> np.ndarray:
        found = measures_of(tables, task)
        if metric not in found:
            raise InputError(f"metric must be one of {', '.join(found)}, found {metric}")
        return found[metric]

    drawn = weights_of(number, DRAWS)
    apart = score(counts[1].tables(drawn, every)) - score(counts[0].tables(drawn, every))
    swap = np.random.default_rng(0).integers(0, 2, (DRAWS, number)).astype(float)
    one, other = (
        score(counts[0].tables(kept, every) + counts[1].tables(1 - kept, every)) for kept in (swap, 1 - swap)
    )
    as_far = int((np.abs(one - other) >= abs(apart[0]) - 1e-12).sum())
    low, high = np.percentile(apart[1:], [2.5, 97.5])
    found = {"difference": float(apart[0]), "difference_low": float(low), "difference_high": float(high)}
    return found | {"p_randomisation": (as_far + 1) / (DRAWS + 1), **_mcnemar(given, first, second)}


def _mcnemar(given: Sequence[str], first: Sequence[str], second: Sequence[str]) -> dict[str, float]:
    right = [np.asarray(answers) == np.asarray(given) for answers in (first, second)]
    only_first, only_second = int((right[0] & ~right[1]).sum()), int((right[1] & ~right[0]).sum())
    apart = only_first + only_second
    p = float(binomtest(only_first, apart).pvalue) if apart else 1.0
    return {"p_mcnemar": p, "only_first": only_first, "only_second": only_second, "n": len(given)}
