"""Scores and predictions -> tables and figures of a run."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay

from training.schema import LABELS


def score_line(name: str, scores: Mapping[str, float], task: str = "stance") -> str:
    """One line a person reads: macro F1 with its interval, F1 of each label, n."""
    interval = f"({100 * scores['macro_f1_low']:.1f} to {100 * scores['macro_f1_high']:.1f})"
    by_label = "  ".join(f"{label} {100 * scores[f'f1_{label}']:.1f}" for label in LABELS[task])
    return f"{name:<10}  macro F1 {100 * scores['macro_f1']:.1f} {interval}  {by_label}  n {scores['n']}"


def finding_line(scores: Mapping[str, float]) -> str:
    """One line: how many of the given mentions were found, and how many found ones are given."""
    told = [f"{name} {100 * scores[name]:.1f}" for name in scores if name.endswith(("recall", "precision"))]
    return f"{'actors':<10}  {'  '.join(told)}  n {scores['n']}".replace("_", " ")


def confusion_figure(given: Sequence[str], predicted: Sequence[str], task: str = "stance") -> Figure:
    """How often each given label was read as each: counts."""
    figure = Figure(figsize=(4.4, 4), layout="constrained")
    display = ConfusionMatrixDisplay.from_predictions(
        given, predicted, labels=list(LABELS[task]), ax=figure.subplots(), cmap="Blues", colorbar=False
    )
    display.ax_.set(xlabel="predicted", ylabel="given")
    return figure


def run_table(runs: pd.DataFrame) -> str:
    """Runs as MLflow finds them -> a Markdown table of macro F1 (95 % interval), best validation first."""
    parts = [part for part in ("validation", "test", "dev") if f"metrics.{part}/macro_f1" in runs]
    if not parts:
        return "no run was scored"
    header = ["run", *parts, "fit, seconds"]
    lines = [header, ["---"] * len(header)]
    for _, run in runs.sort_values(f"metrics.{parts[0]}/macro_f1", ascending=False).iterrows():
        cells = [_interval(run, part) for part in parts]
        lines.append([run["tags.mlflow.runName"], *cells, f"{run['metrics.fit_seconds']:.1f}"])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _interval(run: pd.Series, part: str) -> str:
    point, low, high = (100 * run[f"metrics.{part}/macro_f1{end}"] for end in ("", "_low", "_high"))
    return f"{point:.1f} ({low:.1f}-{high:.1f})"
