"""Scores and predictions -> tables and figures of a run."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from jinja2 import Environment, PackageLoader
from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay

from training.metrics import reliability
from training.schema import LABELS

PARTS = ("validation", "test", "dev")


def score_line(name: str, scores: Mapping[str, float], task: str = "stance", metric: str = "macro_f1") -> str:
    """One line a person reads: the metric with its interval, F1 of each label, n; all in percent."""
    interval = f"({100 * scores[f'{metric}_low']:.1f} to {100 * scores[f'{metric}_high']:.1f})"
    by_label = "  ".join(f"{label} {100 * scores[f'f1_{label}']:.1f}" for label in LABELS[task])
    return f"{name:<10}  {metric} {100 * scores[metric]:.1f} {interval}  {by_label}  n {scores['n']}"


def finding_line(scores: Mapping[str, float]) -> str:
    """One line: how many of the given mentions were found, and how many found ones are given."""
    told = [f"{name} {100 * scores[name]:.1f}" for name in scores if name.endswith(("recall", "precision"))]
    return f"{'actors':<10}  {'  '.join(told)}  n {scores['n']}".replace("_", " ")


#: What is reached without the actor, with it alone, at best without it; what a name changes.
_USE = {
    "hidden": "hidden_macro_f1",
    "alone": "alone_macro_f1",
    "blind at best": "blind_macro_f1",
    "flips": "flip_rate",
    "spread": "negative_spread",
}


def use_line(part: str, use: Mapping[str, float]) -> str:
    """One line: what a part's answers owe to the actor; what was not measured is left out."""
    shown = "  ".join(f"{name} {100 * use[key]:.1f}" for name, key in _USE.items() if key in use)
    return f"{f'{part} actor':<10}  {shown}"


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


#: The columns of a run's table: a metric, and its name there.
_SHOWN = [
    "macro_f1",
    *(f"f1_{label}" for label in ("against", "negative", "neutral", "favor", "positive")),
    *("favg", "favg_mean", "f1_pn", "accuracy", "ece"),
]


def run_page(metrics: Mapping[str, float], typed: str, run_id: str) -> str:
    """A run's metrics, ``part/name``, as Markdown: scores, use of the actor, behaviour, commands."""
    parts = [name.removesuffix("/brier") for name in metrics if name.endswith("/brier")]
    parts.sort(key=lambda part: (PARTS.index(part) if part in PARTS else len(PARTS), part))
    shown = [name for name in _SHOWN if any(f"{part}/{name}" in metrics for part in parts)]
    rows = [[part, *(_with_interval(metrics, f"{part}/{name}") for name in shown)] for part in parts]
    ns = [f"{metrics[f'{part}/n']:,.0f}" for part in parts]
    pages = [_markdown(["part", *shown, "n"], [[*row, n] for row, n in zip(rows, ns, strict=True)])]
    used = [part for part in parts if f"{part}/flip_rate" in metrics]
    if used:
        rows = [[part, *(_with_interval(metrics, f"{part}/{key}") for key in _USE.values())] for part in used]
        pages.append(_markdown(["the actor", *_USE], rows))
    passed = {name.split("/")[1]: value for name, value in metrics.items() if name.startswith("behaviour/")}
    if passed:
        rows = [[name, f"{100 * passed[name]:.0f}"] for name in sorted(passed, key=lambda name: passed[name])]
        pages.append(_markdown(["behaviour", "passed, %"], rows))
    pages.append(f"    make train ARGS={shlex.quote(typed)}\n    make reproduce RUN={run_id}")
    return "\n\n".join(["Percent, with 95 % intervals by article.", *pages])


def verdict_page(words: str, rules: pd.DataFrame) -> str:
    """The gate's verdict as Markdown: the words, and a row a rule."""
    shown = [(rule, found, "yes" if passed else "no") for rule, found, passed in rules.to_numpy()]
    return "\n\n".join([words, *([_markdown(["rule", "found", "passed"], shown)] if shown else [])])


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


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
        **{part: _with_interval(run, f"metrics.{part}/{metric}") for part in parts},
        "n": " / ".join(f"{run[f'metrics.{part}/n']:,.0f}" for part in parts),
        "fit, seconds": f"{run['metrics.fit_seconds']:.1f}",
        "order": -run[f"metrics.{parts[0]}/{metric}"],
    }


def _with_interval(metrics: Mapping[str, float], name: str) -> str:
    point, low, high = (100 * metrics.get(f"{name}{end}", float("nan")) for end in ("", "_low", "_high"))
    interval = "" if pd.isna(low) else f" ({low:.1f}-{high:.1f})"
    return "-" if pd.isna(point) else f"{point:.1f}{interval}"
