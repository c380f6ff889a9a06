"""MLflow: the only module that starts, logs and loads runs."""

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import mlflow
import pandas as pd
from hydra.experimental.callback import Callback
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import ModelSignature
from mlflow.types.schema import Array, ColSpec, DataType, Object, Property, Schema
from omegaconf import OmegaConf

import training
from training.gate import Standing, Verdict, judged
from training.metrics import calibration, scores_by, scores_of, slices
from training.report import (
    bars_figure,
    confusion_figure,
    coverage_figure,
    curve_figure,
    reliability_figure,
    run_page,
    run_table,
    verdict_page,
)
from training.saved_model import SentimentModel
from training.schema import LABELS, InputError

STORE = "sqlite:///mlflow.db"
_SWEEP = "STANCE_SWEEP"  # the environment variable by which jobs, in any process, know their sweep's run
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
        raise InputError(f"{uri}: an MLflow store must answer there, found {_reason(error)}") from None


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
            run_name=name, tags=dict(tags), parent_run_id=os.environ.get(_SWEEP), nested=True
        )
    except MlflowException as error:
        uri = mlflow.get_tracking_uri()
        raise InputError(f"{uri}: runs must be writable there, found {_reason(error)}") from None
    with started:
        yield started


def log_scores(part: str, scores: Mapping[str, float]) -> None:
    """Metrics ``part/name``."""
    mlflow.log_metrics({f"{part}/{name}": value for name, value in scores.items()})


def log_answers(part: str, frame: pd.DataFrame, probabilities: pd.DataFrame, task: str) -> dict[str, float]:
    """Score the answers to a part; log and return the scores, log figures, tables and the answers themselves.

    ``probabilities`` has a column a label. The answers are kept without their text, as PART/answers.parquet.
    """
    given, predicted = list(frame[task]), list(probabilities.idxmax(axis=1))
    found = scores_of(frame, predicted, task) | calibration(given, probabilities, list(frame["article_id"]))
    log_scores(part, found)
    mlflow.log_figure(confusion_figure(given, predicted, task), f"{part}/confusion.png")
    mlflow.log_figure(reliability_figure(given, probabilities), f"{part}/reliability.png")
    mlflow.log_figure(coverage_figure(given, probabilities), f"{part}/coverage.png")
    for name, values in slices(frame, task).items():
        table = scores_by(values, frame, predicted, task)
        mlflow.log_table(table, f"{part}/by_{name}.json")
        if name == "actor":
            mlflow.log_figure(bars_figure(table), f"{part}/by_actor.png")
    _log_parquet(answers_of(frame, probabilities, task), f"{part}/answers.parquet")
    return found


def log_curve(sizes: Sequence[int], found: Sequence[Mapping[str, float]], metric: str) -> None:
    """The metric on validation, step by rows of training, as a metric with steps and as a figure."""
    for size, scores in zip(sizes, found, strict=True):
        mlflow.log_metric(f"learning_curve/{metric}", scores[metric], step=size)
    mlflow.log_figure(curve_figure(sizes, found, metric), "learning_curve.png")


def describe() -> None:
    """The active run's description: its metrics as tables, and the commands that make it again."""
    active = mlflow.active_run()
    assert active is not None
    data = mlflow.get_run(active.info.run_id).data
    mlflow.set_tag("mlflow.note.content", run_page(data.metrics, data.tags["words"], active.info.run_id))


def log_behaviour(table: pd.DataFrame) -> None:
    """Metrics ``behaviour/capability``, the share of its cases passed, and the table behaviour.json."""
    mlflow.log_metrics({f"behaviour/{row.capability}": row.passed for row in table.itertuples()})
    mlflow.log_table(table, "behaviour.json")


def answers_of(frame: pd.DataFrame, probabilities: pd.DataFrame, task: str) -> pd.DataFrame:
    """One row a row judged: article_id, sentence_id and actor, ``given``, ``predicted``, p of each label."""
    names = [name for name in ("article_id", "sentence_id", "actor") if name in frame]
    answers = frame[names].assign(given=frame[task], predicted=probabilities.idxmax(axis=1).to_numpy())
    return pd.concat([answers, probabilities.add_prefix("p_").set_axis(answers.index)], axis=1)


def _log_parquet(frame: pd.DataFrame, path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, Path(path).name)
        frame.to_parquet(file, index=False)
        mlflow.log_artifact(str(file), str(Path(path).parent))


def answers(run_id: str, part: str) -> pd.DataFrame:
    """The answers that a run keeps of a part. Raises InputError where the run or they are not there."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = f"runs:/{run_id}/{part}/answers.parquet"
            return pd.read_parquet(mlflow.artifacts.download_artifacts(path, dst_path=folder))
    except (MlflowException, OSError) as error:
        raise InputError(
            f"run {run_id}: its answers to {part} must be in {_where()}, found {_reason(error)}"
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
        raise InputError(f"run {run_id}: a run must be in {_where()}, found {_reason(error)}") from None
    config = config_of(run_id)
    if config is None:
        raise InputError(f"run {run_id}: it must keep a config, found none; give a run of make train")
    digests = {data.dataset.name: data.dataset.digest for data in found.inputs.dataset_inputs}
    return Kept(run_id, config, dict(found.data.tags), dict(found.data.metrics), digests)


def name_of(run_id: str) -> str:
    """The run's name."""
    return str(mlflow.get_run(run_id).info.run_name)


def log_comparison(run_id: str, first: str, told: Mapping[str, float]) -> None:
    """Metrics ``compare/name`` on a run, and as a tag with which run it was compared."""
    with mlflow.start_run(run_id=run_id):
        mlflow.log_metrics({f"compare/{name}": value for name, value in told.items()})
        mlflow.set_tag("compared_with", first)


def tags_of(run_id: str) -> dict[str, str]:
    """The tags of a run."""
    return dict(mlflow.get_run(run_id).data.tags)


def log_data(part: str, frame: pd.DataFrame, digest: str, task: str) -> None:
    """The part as a dataset input of the run: its name, digest and number of rows, none of its text."""
    source = mlflow.data.from_pandas(frame[[task]], name=part, digest=digest[:32], targets=task)
    mlflow.log_input(source, context=part)


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
            f"a champion of {task} must be registered, found none in {_where()}; type make train{more} first"
        )
    uri = f"runs:/{run_id}/model" if run_id else f"models:/{task}@{CHAMPION}"
    try:
        model = mlflow.pyfunc.load_model(uri)
    except (MlflowException, OSError) as error:
        asked = f"run {run_id}" if run_id else f"champion {uri}"
        raise InputError(f"{asked}: its model must be in {_where()}, found {_reason(error)}") from None
    if task not in model.metadata.get_output_schema().input_names():
        raise InputError(f"run {run_id}: its model must be one of {task}, found another task's")
    return model


class Sweep(Callback):
    """A Hydra callback: a multirun is one parent run, its jobs are children."""

    def on_multirun_start(self, config: Any, **_: Any) -> None:
        """Start the parent; the jobs find it in the environment."""
        connect()
        words = " ".join(word for word in config.hydra.overrides.task if "/" not in word)
        presets = any(word.startswith("experiment=") and "," in word for word in words.split())
        name = "presets" if presets else experiment_of(config, config.hydra.runtime.choices.split)
        experiment = mlflow.set_experiment(name)
        parent = MlflowClient().create_run(experiment.experiment_id, run_name=f"sweep {words}"[:200])
        os.environ[_SWEEP] = parent.info.run_id

    def on_multirun_end(self, config: Any, **_: Any) -> None:
        """Print the jobs' scores as a table, and keep it with the parent."""
        parent = os.environ.pop(_SWEEP, None)
        if parent is None:  # the store refused the parent, and then every job
            return
        table = run_table(
            mlflow.search_runs(
                filter_string=f"tags.`mlflow.parentRunId` = '{parent}'", search_all_experiments=True
            )
        )
        MlflowClient().log_text(parent, table, "table.md")
        MlflowClient().set_terminated(parent)
        print(table)


def _where() -> str:
    return mlflow.get_tracking_uri()


def _reason(error: Exception) -> str:
    lines = str(error).strip().split("\n")
    return next((line for line in lines if "OperationalError)" in line), lines[0])
