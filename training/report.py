"""Scores and predictions -> tables and figures of a run."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay

from training.schema import LABELS


def score_line(name: str, scores: Mapping[str, float], task: str = "stance", metric: str = "macro_f1") -> str:
    """One line a person reads: the metric with its interval, F1 of each label, n; all in percent."""
    interval = f"({100 * scores[f'{metric}_low']:.1f} to {100 * scores[f'{metric}_high']:.1f})"
    by_label = "  ".join(f"{label} {100 * scores[f'f1_{label}']:.1f}" for label in LABELS[task])
    return f"{name:<10}  {metric} {100 * scores[metric]:.1f} {interval}  {by_label}  n {scores['n']}"


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


PARTS = ("validation", "test", "dev")


def run_table(runs: pd.DataFrame) -> str:
    """Runs as MLflow finds them -> a Markdown table of each run's metric (95 % interval) on each part.

    Runs of one preset stand with the best validation first; several presets in the order of their names.
    """
    parts = [part for part in PARTS if f"metrics.{part}/n" in runs]
    if not parts:
        return "no run was scored"
    runs = runs[runs[f"metrics.{parts[0]}/n"].notna()]
    rows = [_row(run, parts) for _, run in runs.iterrows()]
    table = pd.DataFrame(rows).sort_values(["preset", "order"], kind="stable").drop(columns="order")
    one = [column for column in ("preset", "metric") if table[column].nunique() == 1]
    lines = [list(table.columns.drop(one)), ["---"] * (len(table.columns) - len(one))]
    lines += table.drop(columns=one).to_numpy().tolist()
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _row(run: pd.Series, parts: list[str]) -> dict[str, Any]:
    metric = run["tags.metric"]
    return {
        "preset": str(run.get("tags.experiment")),
        "run": run["tags.mlflow.runName"],
        "metric": metric,
        **{part: _interval(run, f"{part}/{metric}") for part in parts},
        "n": " / ".join(f"{run[f'metrics.{part}/n']:,.0f}" for part in parts),
        "fit, seconds": f"{run['metrics.fit_seconds']:.1f}",
        "order": -run[f"metrics.{parts[0]}/{metric}"],
    }


def _interval(run: pd.Series, name: str) -> str:
    point, low, high = (100 * run.get(f"metrics.{name}{end}", float("nan")) for end in ("", "_low", "_high"))
    return "-" if pd.isna(point) else f"{point:.1f} ({low:.1f}-{high:.1f})"
