"""Scores, answers and verdicts -> what a person sees of a run: lines, figures, pages, a sweep's table."""

from training.report.figures import (
    bars_figure,
    confusion_figure,
    coverage_figure,
    curve_figure,
    reliability_figure,
)
from training.report.lines import behaviour_line, difference_line, finding_line, p_value, score_line, use_line
from training.report.pages import compare_page, markdown, run_page, verdict_page
from training.report.sweep import run_table, seed_metrics

__all__ = [
    "bars_figure",
    "behaviour_line",
    "compare_page",
    "confusion_figure",
    "coverage_figure",
    "curve_figure",
    "difference_line",
    "finding_line",
    "markdown",
    "p_value",
    "reliability_figure",
    "run_page",
    "run_table",
    "score_line",
    "seed_metrics",
    "use_line",
    "verdict_page",
]
