"""What a run logs: scores, answers, figures, tables, its data, its description."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import mlflow
import pandas as pd
from mlflow import MlflowClient

from training.metrics import calibration, scores_by, scores_of, slices
from training.report import (
    bars_figure,
    confusion_figure,
    coverage_figure,
    curve_figure,
    reliability_figure,
    run_page,
)


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
        if name in HARD:
            log_scores(part, _hard(table, *HARD[name]))
    _log_parquet(answers_of(frame, probabilities, task), f"{part}/answers.parquet")
    return found


#: Slices that are metrics too: the value that is hard, and the metric's first word.
HARD = {
    "mixed": ("mixed", "mixed"),
    "seen_actor": ("no", "unseen_actor"),
    "seen_article": ("no", "unseen_article"),
}


def _hard(table: pd.DataFrame, value: str, word: str) -> dict[str, float]:
    """WORD_macro_f1 of a slice, with its interval where it has one."""
    rows = table[table.iloc[:, 0] == value].filter(like="macro_f1")
    return {f"{word}_{name}": float(rows[name].iloc[0]) for name in rows if rows[name].notna().any()}


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


def log_comparison(run_id: str, first: str, told: Mapping[str, float]) -> None:
    """Metrics ``compare/name`` on a run, and as a tag with which run it was compared."""
    client = MlflowClient()  # starting the run again would move its end to now
    for name, value in told.items():
        client.log_metric(run_id, f"compare/{name}", value)
    client.set_tag(run_id, "compared_with", first)


def log_data(part: str, frame: pd.DataFrame, digest: str, task: str) -> None:
    """The part as a dataset input of the run: its name, digest and number of rows, none of its text."""
    source = mlflow.data.from_pandas(frame[[task]], name=part, digest=digest[:32], targets=task)
    mlflow.log_input(source, context=part)
