"""Scores, verdicts and differences -> pages, in Markdown or HTML."""

import shlex
from collections.abc import Mapping, Sequence

import pandas as pd
from jinja2 import Environment, PackageLoader

from training.report.lines import USE, p_value

PARTS = ("validation", "test", "dev")
GAP = "&emsp;"

#: The columns of a run's table: a metric, and its name there.
_SHOWN = [
    "macro_f1",
    *(f"f1_{label}" for label in ("against", "negative", "neutral", "favor", "positive")),
    *("favg", "favg_mean", "f1_pn", "accuracy"),
    *(f"{slice}_macro_f1" for slice in ("mixed", "unseen_actor", "unseen_article")),
    *("ece", "brier"),
]


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


def run_page(metrics: Mapping[str, float], typed: str, run_id: str) -> str:
    """A run's metrics, ``part/name``, as Markdown: scores, use of the actor, behaviour, commands."""
    parts = [name.removesuffix("/brier") for name in metrics if name.endswith("/brier")]
    parts.sort(key=lambda part: (PARTS.index(part) if part in PARTS else len(PARTS), part))
    shown = [name for name in _SHOWN if any(f"{part}/{name}" in metrics for part in parts)]
    shown = [name for name in shown if name != "f1_pn" or "favg" not in shown]  # one figure, two names
    rows = [[name, *(with_interval(metrics, f"{part}/{name}") for part in parts)] for name in shown]
    pages = [markdown(["", *parts], [*rows, ["n", *(f"{metrics[f'{part}/n']:,.0f}" for part in parts)]], GAP)]
    used = [part for part in parts if f"{part}/flip_rate" in metrics]
    if used:
        rows = [[name, *(with_interval(metrics, f"{part}/{USE[name]}") for part in used)] for name in USE]
        pages.append(markdown(["the actor", *used], rows, GAP))
    passed = {name.split("/")[1]: value for name, value in metrics.items() if name.startswith("behaviour/")}
    if passed:
        rows = [[name, f"{100 * passed[name]:.0f}"] for name in sorted(passed, key=lambda name: passed[name])]
        pages.append(markdown(["behaviour", "passed, %"], rows, GAP))
    pages.append(f"    make train ARGS={shlex.quote(typed)}\n    make reproduce RUN={run_id}")
    return "\n\n".join(["Percent, with 95 % intervals by article.", *pages])


def verdict_page(words: str, rules: pd.DataFrame) -> str:
    """The gate's verdict as Markdown: the words, and a row a rule."""
    shown = [(rule, found, "yes" if passed else "no") for rule, found, passed in rules.to_numpy()]
    return "\n\n".join([words, *([markdown(["rule", "found", "passed"], shown, GAP)] if shown else [])])


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]], gap: str = "") -> str:
    """A table; ``gap`` ends each cell, for pages shown without room between columns, as MLflow shows them."""
    escaped = [[f"{cell.replace('|', chr(92) + '|')}{gap}" for cell in row] for row in (head, *rows)]
    lines = [escaped[0], ["---"] * len(head), *escaped[1:]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def with_interval(metrics: Mapping[str, float], name: str) -> str:
    """A metric in percent with its interval, where it has one; - for none."""
    point, low, high = (100 * metrics.get(f"{name}{end}", float("nan")) for end in ("", "_low", "_high"))
    interval = "" if pd.isna(low) else f" ({low:.1f}-{high:.1f})"
    return "-" if pd.isna(point) else f"{point:.1f}{interval}"
