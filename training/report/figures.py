"""Answers and tables -> the figures of a run."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay

from training.metrics import reliability
from training.schema import LABELS


def confusion_figure(given: Sequence[str], predicted: Sequence[str], task: str = "stance") -> Figure:
    """How often each given label was read as each: counts."""
    figure = Figure(figsize=(4.4, 4), layout="constrained")
    display = ConfusionMatrixDisplay.from_predictions(
        given, predicted, labels=list(LABELS[task]), ax=figure.subplots(), cmap="Blues", colorbar=False
    )
    display.ax_.set(xlabel="predicted", ylabel="given")
    return figure


def reliability_figure(given: Sequence[str], probabilities: pd.DataFrame) -> Figure:
    """How often answers of each probability are right: on the diagonal they are worth what they say."""
    figure = Figure(figsize=(4.4, 4), layout="constrained")
    axes = figure.subplots()
    table = reliability(*_sure_and_right(given, probabilities))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot(table["sure"], table["accuracy"], marker="o")
    axes.set(
        xlabel="probability of the answer", ylabel="share of answers that are right", xlim=(0, 1), ylim=(0, 1)
    )
    return figure


def coverage_figure(given: Sequence[str], probabilities: pd.DataFrame) -> Figure:
    """The share of wrong answers if only the surest are given: risk against coverage."""
    figure = Figure(figsize=(4.4, 4), layout="constrained")
    axes = figure.subplots()
    sure, right = _sure_and_right(given, probabilities)
    wrong = 1 - right[np.argsort(-sure, kind="stable")]
    answered = np.arange(1, len(wrong) + 1)
    axes.plot(answered / len(wrong), np.cumsum(wrong) / answered)
    axes.set(
        xlabel="share of rows answered, the surest first",
        ylabel="share of answers that are wrong",
        xlim=(0, 1),
    )
    axes.set_ylim(bottom=0)
    return figure


def bars_figure(table: pd.DataFrame, most: int = 15) -> Figure:
    """Macro F1 of the most frequent slices with their intervals, the most frequent on top; n beside the name.

    ``table`` is one of ``metrics.scores_by``; matplotlib joins and orders Arabic names itself.
    """
    rows = table.head(most)[::-1]
    figure = Figure(figsize=(6, 1.2 + 0.3 * len(rows)), layout="constrained")
    axes = figure.subplots()
    names = [f"{name}  ({n})" for name, n in zip(rows.iloc[:, 0], rows["n"], strict=True)]
    ends = rows[["macro_f1_low", "macro_f1_high"]].sub(rows["macro_f1"], axis=0).abs()
    axes.barh(names, rows["macro_f1"], xerr=ends.to_numpy().T, color="#7da7cf", ecolor="0.35", capsize=2)
    axes.set(xlabel=f"macro F1 by {table.columns[0]} (rows), 95 % interval where rows suffice", xlim=(0, 1))
    return figure


def curve_figure(sizes: Sequence[int], values: Sequence[Mapping[str, float]], metric: str) -> Figure:
    """A metric on validation, with its intervals, against the rows of training it took."""
    figure = Figure(figsize=(4.4, 4), layout="constrained")
    axes = figure.subplots()
    low, high = ([found[f"{metric}_{end}"] for found in values] for end in ("low", "high"))
    axes.fill_between(sizes, low, high, alpha=0.2)
    axes.plot(sizes, [found[metric] for found in values], marker="o")
    axes.set(xlabel="rows of training", ylabel=f"{metric} on validation")
    return figure


def _sure_and_right(given: Sequence[str], probabilities: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return probabilities.max(axis=1).to_numpy(), (probabilities.idxmax(axis=1) == list(given)).to_numpy()
