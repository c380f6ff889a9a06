"""What runs keep, read back."""

import tempfile
from dataclasses import dataclass
from typing import Any

import mlflow
import pandas as pd
from mlflow.exceptions import MlflowException
from omegaconf import OmegaConf

from training.schema import InputError
from training.tracking.store import reason_of, where


def answers(run_id: str, part: str) -> pd.DataFrame:
    """The answers that a run keeps of a part. Raises InputError where the run or they are not there."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = f"runs:/{run_id}/{part}/answers.parquet"
            return pd.read_parquet(mlflow.artifacts.download_artifacts(path, dst_path=folder))
    except (MlflowException, OSError) as error:
        raise InputError(
            f"run {run_id}: its answers to {part} must be in {where()}, found {reason_of(error)}"
        ) from None


def config_of(run_id: str) -> Any | None:
    """The config with which a run was trained; None where it kept none."""
    try:
        return OmegaConf.create(mlflow.artifacts.load_text(f"runs:/{run_id}/config.yaml"))
    except (MlflowException, OSError):
        return None


@dataclass(frozen=True)
class Kept:
    """What a training run keeps: config, tags, metrics, and the digest of each part of its data."""

    run_id: str
    config: Any
    tags: dict[str, str]
    metrics: dict[str, float]
    digests: dict[str, str]


def kept(run_id: str) -> Kept:
    """What a training run keeps. Raises InputError where there is no such run, or it kept no config."""
    try:
        found = mlflow.get_run(run_id)
    except MlflowException as error:
        raise InputError(f"run {run_id}: a run must be in {where()}, found {reason_of(error)}") from None
    config = config_of(run_id)
    if config is None:
        raise InputError(f"run {run_id}: it must keep a config, found none; give a run of make train")
    digests = {data.dataset.name: data.dataset.digest for data in found.inputs.dataset_inputs}
    return Kept(run_id, config, dict(found.data.tags), dict(found.data.metrics), digests)


def name_of(run_id: str) -> str:
    """The run's name."""
    return str(mlflow.get_run(run_id).info.run_name)


def tags_of(run_id: str) -> dict[str, str]:
    """The tags of a run."""
    return dict(mlflow.get_run(run_id).data.tags)
