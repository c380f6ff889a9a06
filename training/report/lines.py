"""Scores -> the lines that a command prints."""

from collections.abc import Mapping

import pandas as pd

from training.schema import LABELS

#: What is reached without the actor, with it alone, at best without it; what a name changes.
USE = {
    "hidden": "hidden_macro_f1",
    "alone": "alone_macro_f1",
    "blind at best": "blind_macro_f1",
    "flips": "flip_rate",
    "spread": "negative_spread",
}


def score_line(name: str, scores: Mapping[str, float], task: str = "stance", metric: str = "macro_f1") -> str:
    """One line a person reads: the metric with its interval, F1 of each label, n; all in percent.

    A label that no row was read as is said to be so.
    """
    interval = f"({100 * scores[f'{metric}_low']:.1f} to {100 * scores[f'{metric}_high']:.1f})"
    by_label = "  ".join(_of_label(label, scores) for label in LABELS[task])
    return f"{name:<10}  {metric} {100 * scores[metric]:.1f} {interval}  {by_label}  n {scores['n']}"


def _of_label(label: str, scores: Mapping[str, float]) -> str:
    never = " (never predicted)" if scores.get(f"predicted_{label}") == 0 else ""
    return f"{label} {100 * scores[f'f1_{label}']:.1f}{never}"


def finding_line(scores: Mapping[str, float]) -> str:
    """One line: how many of the given mentions were found, and how many found ones are given."""
    told = [f"{name} {100 * scores[name]:.1f}" for name in scores if name.endswith(("recall", "precision"))]
    return f"{'actors':<10}  {'  '.join(told)}  n {scores['n']}".replace("_", " ")


def use_line(part: str, use: Mapping[str, float]) -> str:
    """One line: what a part's answers owe to the actor; what was not measured is left out."""
    shown = "  ".join(f"{name} {100 * use[key]:.1f}" for name, key in USE.items() if key in use)
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
