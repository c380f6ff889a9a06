"""Two models' answers to the same rows: how far apart they score, and whether chance would do that."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import binomtest

from training.metrics.counts import (
    DRAWS,
    Counts,
    groups_of,
    measured,
    target_rows,
    weights_of,
    with_intervals,
)
from training.schema import LABELS, InputError


def paired(
    given: Sequence[str],
    first: Sequence[str],
    second: Sequence[str],
    articles: Sequence[Any] | None = None,
    task: str = "stance",
    metric: str = "macro_f1",
    targets: Sequence[Any] | None = None,
) -> dict[str, float]:
    """By how much ``second`` is better than ``first``, with its 95 % interval and p-values.

    difference, _low, _high: of the metric, under the same draws of whole articles for both; p_randomisation:
    the share of random exchanges of the two answers, article by article, that lie as far apart (Noreen 1989);
    p_mcnemar: exact, over the rows that one of them alone has right, only_first and only_second. n: rows.

    >>> found = paired(["against", "favor"] * 20, ["against"] * 40, ["against", "favor"] * 20)
    >>> found["only_second"], found["difference"] > 0.3, found["p_mcnemar"] < 0.001
    (20, True, True)

    ``targets``, the actor of each row, are for favg_mean. Raises InputError for a metric that is none.
    """
    groups = groups_of(articles, len(given))
    counts = [Counts(given, answers, groups, LABELS[task]) for answers in (first, second)]
    number, kinds = counts[0].groups, target_rows(given, targets)

    def score(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        def tables(rows: np.ndarray) -> np.ndarray:
            return counts[0].tables(first, rows) + counts[1].tables(second, rows)

        found = measured(tables, len(given), kinds, task)
        if metric not in found:
            raise InputError(f"metric must be one of {', '.join(found)}, found {metric}")
        return found[metric]

    drawn = weights_of(number, DRAWS)
    apart = score(0 * drawn, drawn) - score(drawn, 0 * drawn)
    swap = np.random.default_rng(0).integers(0, 2, (DRAWS, number)).astype(float)
    one, other = score(swap, 1 - swap), score(1 - swap, swap)
    as_far = int((np.abs(one - other) >= abs(apart[0]) - 1e-12).sum())
    found = with_intervals({"difference": apart})
    return found | {"p_randomisation": (as_far + 1) / (DRAWS + 1), **_mcnemar(given, first, second)}


def _mcnemar(given: Sequence[str], first: Sequence[str], second: Sequence[str]) -> dict[str, float]:
    right = [np.asarray(answers) == np.asarray(given) for answers in (first, second)]
    only_first, only_second = int((right[0] & ~right[1]).sum()), int((right[1] & ~right[0]).sum())
    apart = only_first + only_second
    p = float(binomtest(only_first, apart).pvalue) if apart else 1.0
    return {"p_mcnemar": p, "only_first": only_first, "only_second": only_second, "n": len(given)}
