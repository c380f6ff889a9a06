"""Answers -> scores: of labels, of their slices, of their probabilities, and of found mentions."""

from training.metrics.agreement import agreement, matched
from training.metrics.calibration import calibration, calibration_apart, reliability
from training.metrics.finding import Places, finding_scores
from training.metrics.paired import paired
from training.metrics.scores import scores, scores_of
from training.metrics.slices import scores_by, slices

__all__ = [
    "Places",
    "agreement",
    "calibration",
    "calibration_apart",
    "finding_scores",
    "matched",
    "paired",
    "reliability",
    "scores",
    "scores_by",
    "scores_of",
    "slices",
]
