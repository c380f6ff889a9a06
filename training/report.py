"""Scores and predictions -> tables and figures of a run."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from jinja2 import Environment, PackageLoader
from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay

from training.metrics import reliability
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


def use_line(use: Mapping[str, float]) -> str:
    """One line: what is reached without the actor, with it alone, at best without it; what a name changes."""
    told = {"hidden": "hidden_macro_f1", "alone": "alone_macro_f1", "blind at best": "blind_macro_f1"}
    told |= {"flips": "flip_rate", "spread": "negative_spread"}
    shown = "  ".join(f"{name} {100 * use[key]:.1f}" for name, key in told.items())
    return f"{'actor':<10}  {shown}"


def behaviour_line(table: pd.DataFrame) -> str:
    """One line: the share of behaviour cases passed, and the capabilities where it is lowest."""
    told = table.set_index("capability")["passed"]
    lowest = told.drop("all").nsmallest(4, keep="first")
    shown = "  ".join(f"{name} {100 * value:.0f}" for name, value in lowest.items())
    return f"{'behaviour':<10}  passed {100 * told['all']:.1f}  lowest: {shown}  n {table['n'].iloc[-1]}"


def difference_line(first: str, other: str, metric: str, told: Mapping[str, float]) -> str:
    """One line: by how much the other run is better, and whether chance would do that."""
    apart = " to ".join(f"{100 * told[f'difference_{end}']:+.1f}" for end in ("low", "high"))
    chance = [p_value(told[f"p_{test}"]) for test in ("randomisation", "mcnemar")]
    p = f"p {chance[0]} (randomisation), {chance[1]} (McNemar)"
    return f"{other} against {first}: {metric} {100 * told['difference']:+.1f} ({apart})  {p}  n {told['n']}"


def p_value(p: float) -> str:
    """A p-value as it is written.

    >>> p_value(0.0412), p_value(1e-9)
    ('0.041', '< 0.001')
    """
    return f"{p:.3f}" if p >= 0.001 else "< 0.001"


def compare_page(
    first: tuple[str, str],
    others: Sequence[tuple[str, str, Mapping[str, float], pd.DataFrame]],
    part: str,
    metric: str,
) -> str:
    """An HTML page of runs compared with the first (name, id): what is told, and the rows that differ.

    Everything that comes from the data is escaped.
    """
    templates = Environment(loader=PackageLoader("training"), autoescape=True)
    shown = [(name, run, told, differ.to_dict("records")) for name, run, told, differ in others]
    return templates.get_template("compare.html").render(
        first=first, others=shown, part=part, metric=metric, p_value=p_value
    )


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


def _sure_and_right(given: Sequence[str], probabilities: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return probabilities.max(axis=1).to_numpy(), (probabilities.idxmax(axis=1) == list(given)).to_numpy()


def verdict_page(words: str, rules: pd.DataFrame) -> str:
    """The gate's verdict as Markdown: the words, and a row a rule."""
    shown = [(rule, found, "yes" if passed else "no") for rule, found, passed in rules.to_numpy()]
    return "\n\n".join([words, *([_markdown(["rule", "found", "passed"], shown)] if shown else [])])


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PARTS = ("validation", "test", "dev")


def run_table(runs: pd.DataFrame) -> str:
    """Runs as MLflow finds them -> a Markdown table of each run's metric (95 % interval) on each part.

    A run is told by the words it was typed with, those of all runs left out; the best on validation first,
    metric by metric.
    """
    parts = [part for part in PARTS if f"metrics.{part}/n" in runs]
    if not parts:
        return "no run was scored"
    runs = runs[runs[f"metrics.{parts[0]}/n"].notna()]
    words = [str(typed).split() for typed in runs["tags.words"]]
    shared = set.intersection(*map(set, words))
    names = [" ".join(word for word in typed if word not in shared) for typed in words]
    rows = [_row(name, run, parts) for name, (_, run) in zip(names, runs.iterrows(), strict=True)]
    table = pd.DataFrame(rows).sort_values(["metric", "order"], kind="stable").drop(columns="order")
    if table["metric"].nunique() == 1:
        table = table.drop(columns="metric")
    return _markdown(list(table.columns), table.to_numpy().tolist())


def _row(name: str, run: pd.Series, parts: list[str]) -> dict[str, Any]:
    metric = run["tags.metric"]
    return {
        "run": name or run["tags.mlflow.runName"],
        "metric": metric,
        **{part: _interval(run, f"{part}/{metric}") for part in parts},
        "n": " / ".join(f"{run[f'metrics.{part}/n']:,.0f}" for part in parts),
        "fit, seconds": f"{run['metrics.fit_seconds']:.1f}",
        "order": -run[f"metrics.{parts[0]}/{metric}"],
    }


def _interval(run: pd.Series, name: str) -> str:
    point, low, high = (100 * run.get(f"metrics.{name}{end}", float("nan")) for end in ("", "_low", "_high"))
    return "-" if pd.isna(point) else f"{point:.1f} ({low:.1f}-{high:.1f})"
