"""Scores of predicted labels, with 95 % intervals."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from training.metrics.counts import (
    DRAWS,
    Counts,
    groups_of,
    measured,
    target_rows,
    weights_of,
    with_intervals,
)
from training.schema import LABELS


def scores(
    given: Sequence[str],
    predicted: Sequence[str],
    articles: Sequence[Any] | None = None,
    targets: Sequence[Any] | None = None,
    task: str = "stance",
) -> dict[str, float]:
    """macro_f1; f1, precision and recall of each label; favg, favg_mean, f1_pn, accuracy; numbers of rows.

    Each stands with ``_low`` and ``_high``, its interval. The numbers: n, and given_LABEL, predicted_LABEL.

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
    counts = Counts(given, predicted, groups_of(articles, len(given)), LABELS[task])
    weights = weights_of(counts.groups, DRAWS)
    kinds = target_rows(given, targets)
    measures = measured(lambda rows: counts.tables(weights, rows), len(given), kinds, task)
    rows = {
        f"{kind}_{label}": list(answers).count(label)
        for kind, answers in (("given", given), ("predicted", predicted))
        for label in LABELS[task]
    }
    return with_intervals(measures) | rows | {"n": len(given)}


def scores_of(frame: pd.DataFrame, predicted: Sequence[str], task: str) -> dict[str, float]:
    """The scores of a table's labels, drawn by its articles, with its actors as targets if it has any."""
    targets = list(frame["actor"]) if "actor" in frame else None
    return scores(list(frame[task]), predicted, list(frame["article_id"]), targets, task)
