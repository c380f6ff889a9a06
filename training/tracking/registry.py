"""The registry: models saved and registered under their task's name, the champion and who may replace it."""

import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import mlflow
import pandas as pd
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import ModelSignature
from mlflow.types.schema import Array, ColSpec, DataType, Object, Property, Schema

import training
from training.gate import Standing, Verdict, judged
from training.report import verdict_page
from training.saved_model import SentimentModel
from training.schema import LABELS, InputError
from training.tracking.runs import answers, tags_of
from training.tracking.store import reason_of, where

CHAMPION = "champion"  # the alias, in the registry, of the model that bears its task's name
_PACKAGES = (
    "datasets",
    "numpy",
    "pandas",
    "pystemmer",
    "pyyaml",
    "scikit-learn",
    "scipy",
    "skops",
    "snowballstemmer",
)
_SPAN = [Property("start", DataType.long), Property("end", DataType.long)]


def signature(task: str) -> ModelSignature:
    """What the model of a task takes and gives."""
    toward = [
        ColSpec(DataType.string, "actor"),
        ColSpec(Array(Object(_SPAN)), "mentions", required=False),
    ]
    given = [
        ColSpec(DataType.string, task),
        *(ColSpec(DataType.double, f"p_{label}") for label in LABELS[task]),
        ColSpec(Array(Object([*_SPAN, Property("text", DataType.string)])), "evidence"),
    ]
    found = ColSpec(DataType.boolean, "found")
    sentence = ColSpec(DataType.string, "sentence")
    if task == "stance":
        return ModelSignature(Schema([sentence, *toward]), Schema([*given, found]))
    return ModelSignature(Schema([sentence]), Schema(given))


def log_model(model: SentimentModel, example: pd.DataFrame) -> str:
    """Save the model with the code it needs into the active run, register it, return its version."""
    with tempfile.TemporaryDirectory() as folder:
        data, code = Path(folder, model.task), Path(folder, "training")
        data.mkdir()
        model.save(data)
        mlflow.log_metric("model_bytes", sum(file.stat().st_size for file in data.iterdir()))
        copytree(training.__path__[0], code, ignore=ignore_patterns("corpus", "templates", "__pycache__"))
        info = mlflow.pyfunc.log_model(
            name="model",
            loader_module="training.saved_model",
            data_path=str(data),
            code_paths=[str(code)],
            pip_requirements=[f"{package}=={version(package)}" for package in _PACKAGES],
            signature=signature(model.task),
            input_example=example,
        )
    return _register(info, model.task)


def _register(info: Any, task: str) -> str:
    """Through the client: ``mlflow.register_model`` prints its own lines among ours."""
    client = MlflowClient()
    with suppress(MlflowException):  # it is there already
        client.create_registered_model(task)
    created = client.create_model_version(task, info.model_uri, info.run_id, model_id=info.model_id)
    return str(created.version)


def champion(task: str) -> Any | None:
    """The task's registered version under the alias champion; None where there is none yet."""
    try:
        return MlflowClient().get_model_version_by_alias(task, CHAMPION)
    except MlflowException:
        return None


def challenge(task: str, candidate: str, metric: str) -> str:
    """Make ``candidate`` the task's champion where none is, or where it passes the gate against it.

    Returns the verdict in words; it is also a tag of the version, and its rules the version's page.
    """
    holder = champion(task)
    if holder is None:
        verdict = Verdict(True, "champion: the first model", pd.DataFrame())
    else:
        verdict = _judged(MlflowClient().get_model_version(task, candidate), holder, task, metric)
    if verdict.wins:
        MlflowClient().set_registered_model_alias(task, CHAMPION, candidate)
    _tell(task, candidate, verdict.words, verdict_page(verdict.words, verdict.rules))
    return verdict.words


def _judged(new: Any, old: Any, task: str, metric: str) -> Verdict:
    if tags_of(new.run_id).get("data_digest") != tags_of(old.run_id).get("data_digest"):
        words = f"not champion: version {old.version} was scored on other data"
        return Verdict(False, words, pd.DataFrame())
    try:
        return judged(_standing(new), _standing(old), task, metric)
    except InputError as error:
        return Verdict(False, f"not champion: {error}", pd.DataFrame())


def _standing(version: Any) -> Standing:
    metrics = mlflow.get_run(version.run_id).data.metrics
    known = answers(version.run_id, "validation")
    return Standing(str(version.version), known, metrics.get("behaviour/all"), metrics.get("model_bytes", 0))


def promote(task: str, version: str, reason: str) -> str:
    """Make a registered version the champion whatever the gate said; the reason is kept with it.

    Returns what was done in words. Raises InputError for a version that is not there, and the champion's own.
    """
    client, holder = MlflowClient(), champion(task)
    try:
        chosen = client.get_model_version(task, version)
    except MlflowException:
        known = ", ".join(
            str(v) for v in sorted(int(v.version) for v in client.search_model_versions(f"name = '{task}'"))
        )
        raise InputError(
            f"version must be one of {task}'s, {known or 'of which there are none'}, found {version}"
        ) from None
    if holder is not None and str(holder.version) == str(chosen.version):
        raise InputError(f"version must be another than the champion's, found {version}")
    before = f"in place of version {holder.version}" if holder else "where none was"
    words = f"champion: promoted {before}, by hand: {reason}"
    client.set_registered_model_alias(task, CHAMPION, version)
    _tell(task, version, words, f"{words}\n\n{chosen.description or ''}")
    return words


def _tell(task: str, version: str, verdict: str, page: str) -> None:
    MlflowClient().set_model_version_tag(task, version, "verdict", verdict)
    MlflowClient().update_model_version(task, version, page)


def load(task: str, run_id: str | None = None) -> mlflow.pyfunc.PyFuncModel:
    """The model of a run; of the task's champion for None. Raises InputError where there is none."""
    if run_id is None and champion(task) is None:
        more = "" if task == "stance" else f' ARGS="task={task}"'
        raise InputError(
            f"a champion of {task} must be registered, found none in {where()}; type make train{more} first"
        )
    uri = f"runs:/{run_id}/model" if run_id else f"models:/{task}@{CHAMPION}"
    try:
        model = mlflow.pyfunc.load_model(uri)
    except (MlflowException, OSError) as error:
        asked = f"run {run_id}" if run_id else f"champion {uri}"
        raise InputError(f"{asked}: its model must be in {where()}, found {reason_of(error)}") from None
    if task not in model.metadata.get_output_schema().input_names():
        raise InputError(f"run {run_id}: its model must be one of {task}, found another task's")
    return model
