"""Where runs are kept, and the run under way."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import mlflow
from mlflow.exceptions import MlflowException

from training.schema import InputError

STORE = "sqlite:///mlflow.db"
SWEEP = "STANCE_SWEEP"  # the environment variable by which jobs, in any process, know their sweep's run


def connect() -> None:
    """Point MLflow at MLFLOW_TRACKING_URI, or at ``mlflow.db`` here, and see that it answers.

    Raises InputError where the store cannot be opened or written.
    """
    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("mlflow.store.db.utils").setLevel(logging.CRITICAL)  # its errors are told by ours
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")  # a model is a few megabytes
    uri = os.environ.get("MLFLOW_TRACKING_URI") or STORE
    mlflow.set_tracking_uri(uri)
    try:
        mlflow.search_experiments(max_results=1)
    except Exception as error:
        raise InputError(f"{uri}: an MLflow store must answer there, found {reason_of(error)}") from None


def experiment_of(config: Any, split: str) -> str:
    """The experiment's name, which says what is comparable: the task, its data and their split."""
    return f"{config.task}-{'+'.join(corpora_of(config))}-{split}"


def corpora_of(config: Any) -> list[str]:
    """The names of the corpora that ``data`` holds."""
    return [str(name) for name in config.data if name != "path"]


@contextmanager
def run(experiment: str, name: str, tags: Mapping[str, str]) -> Iterator[mlflow.ActiveRun]:
    """A run in ``experiment``, a child of the sweep under way, if any; FAILED if the body raises."""
    try:
        mlflow.set_experiment(experiment)
        started = mlflow.start_run(
            run_name=name, tags=dict(tags), parent_run_id=os.environ.get(SWEEP), nested=True
        )
    except MlflowException as error:
        uri = mlflow.get_tracking_uri()
        raise InputError(f"{uri}: runs must be writable there, found {reason_of(error)}") from None
    with started:
        yield started


def where() -> str:
    """The store's address."""
    return mlflow.get_tracking_uri()


def reason_of(error: Exception) -> str:
    """The line of MLflow's error that says what is the matter."""
    lines = str(error).strip().split("\n")
    return next((line for line in lines if "OperationalError)" in line), lines[0])
