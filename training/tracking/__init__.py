"""MLflow: the only modules that start, log and load runs."""

from training.tracking.logs import (
    describe,
    log_answers,
    log_behaviour,
    log_comparison,
    log_curve,
    log_data,
    log_scores,
)
from training.tracking.registry import challenge, champion, load, log_model, promote, signature
from training.tracking.runs import Kept, answers, config_of, kept, name_of, tags_of
from training.tracking.store import connect, corpora_of, experiment_of, run
from training.tracking.sweep import Sweep

__all__ = [
    "Kept",
    "Sweep",
    "answers",
    "challenge",
    "champion",
    "config_of",
    "connect",
    "corpora_of",
    "describe",
    "experiment_of",
    "kept",
    "load",
    "log_answers",
    "log_behaviour",
    "log_comparison",
    "log_curve",
    "log_data",
    "log_model",
    "log_scores",
    "name_of",
    "promote",
    "run",
    "signature",
    "tags_of",
]
