"""Corpus -> run: fit a pipeline, score it, log it, register it.  python -m training.train --help."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import mlflow
import pandas as pd
from omegaconf import DictConfig, OmegaConf
from sklearn.utils._param_validation import InvalidParameterError

from training import tracking
from training.actor_use import actor_use
from training.behaviour import behaviour
from training.command import build, choices, command, corpora, flat_params, typed
from training.data import examples
from training.metrics import scores_of
from training.model import classifier_pipeline
from training.report import behaviour_line, score_line, use_line
from training.saved_model import SentimentModel, StanceModel
from training.schema import InputError

GROUPS = ("data", "split", "features", "model")
#: The shares of training's articles that the learning curve stands on, before all of them.
SHARES = (0.1, 0.25, 0.5)


@command("train")
def main(config: DictConfig) -> None:
    """Train as ``config`` says; print the scores and what became of the model."""
    tracking.connect()
    tags = {"task": config.task, "metric": config.metric, "words": typed()}
    with started(config, tags | choices(config, (*GROUPS, "experiment"))):
        parts = read_parts(config)
        model = fit_and_score(config, parts)
        version = tracking.log_model(model, parts["validation"][list(model.columns)].head(3))
        verdict = tracking.challenge(config.task, version, config.metric)
        tracking.describe()
        print(f"registered as {config.task} version {version}; {verdict}")


@contextmanager
def started(config: DictConfig, tags: Mapping[str, str]) -> Iterator[str]:
    """The id of a run of ``config`` under way, its params and config logged; ``tags`` name its GROUPS."""
    chosen = {group: tags[group] for group in GROUPS}
    name = f"{chosen['features']}-{chosen['model']}-seed{config.seed}"
    with tracking.run(tracking.experiment_of(config, chosen["split"]), name, tags) as run:
        mlflow.log_params(flat_params(config, chosen))
        mlflow.log_text(OmegaConf.to_yaml(config, resolve=True), "config.yaml")
        yield run.info.run_id


def fit_and_score(config: DictConfig, parts: dict[str, pd.DataFrame]) -> SentimentModel:
    """The model of the train part, scored on validation; with ``refit`` of both before it meets the test."""
    train, began = parts["train"], time.perf_counter()
    model = fit(config, train)
    took = time.perf_counter() - began
    validation = [part for part in parts if part.startswith("validation")]
    for part in validation:
        score(model, part, parts[part], config.metric)
    mlflow.log_metric("fit_seconds", took)  # after the score: the UI's plots begin with a run's first metric
    if config.learning_curve:
        log_curve(config, model, train, parts["validation"])
    if config.refit:
        train = pd.concat([parts[part] for part in ("train", *validation)], ignore_index=True)
        model = fit(config, train)
    for part in parts:
        if part not in ("train", *validation):
            score(model, part, parts[part], config.metric)
    if config.task == "stance":
        probe(config, model, train, {part: frame for part, frame in parts.items() if part in ("test", "dev")})
    return model


def probe(
    config: DictConfig, model: SentimentModel, train: pd.DataFrame, asked: dict[str, pd.DataFrame]
) -> None:
    """Log and print what the answers owe to the actor, and the behaviour cases passed, where wanted."""
    if config.actor_use:
        for part, use in actor_use(model.pipeline, train, asked).items():
            tracking.log_scores(part, use)
            print(use_line(part, use))
    if config.behaviour:
        table = behaviour(model.pipeline.predict)
        tracking.log_behaviour(table)
        print(behaviour_line(table))


def log_curve(
    config: DictConfig, model: SentimentModel, train: pd.DataFrame, validation: pd.DataFrame
) -> None:
    """Log how the metric on validation grows with the articles of training: SHARES of them, then all."""
    articles = pd.Series(train["article_id"].unique()).sample(frac=1, random_state=config.seed)
    known = [train[train["article_id"].isin(articles[: round(share * len(articles))])] for share in SHARES]
    for rows in known:
        check_labels({"train": rows}, config.task)
    models = [*(fit(config, rows) for rows in known), model]
    found = [
        scores_of(validation, list(shorter.probabilities(validation).idxmax(axis=1)), config.task)
        for shorter in models
    ]
    tracking.log_curve([*map(len, known), len(train)], found, config.metric)


def read_parts(config: DictConfig) -> dict[str, pd.DataFrame]:
    """Part -> its rows as a frame, logged as inputs of the run, validation's digest as a tag.

    Every corpus keeps its own parts: train is all of theirs, each row with its corpus's weight; validation
    and test are those of the first corpus, those of another stand beside them as ``validation_NAME``.
    """
    found: dict[str, list[pd.DataFrame]] = {}
    for name, dataset in corpora(config).items():
        for part, rows in build(config.split, dataset=dataset).items():
            known = part == "train" or part not in found
            frame = rows.to_pandas().assign(weight=float(config.data[name].weight))
            found.setdefault(part if known else f"{part}_{name}", []).append(frame)
    parts = {part: pd.concat(frames, ignore_index=True) for part, frames in found.items()}
    check_labels(parts, config.task)
    if config.dev:
        parts["dev"] = examples(config.dev, config.task).to_pandas()
    parts |= {part: told_seen(frame, parts["train"]) for part, frame in parts.items() if part != "train"}
    for part, frame in parts.items():
        tracking.log_data(part, frame, digest(frame, config.task), config.task)
    mlflow.set_tag("data_digest", digest(parts["validation"], config.task))
    return parts


def told_seen(frame: pd.DataFrame, train: pd.DataFrame) -> pd.DataFrame:
    """The rows with the columns seen_actor and seen_article: yes where train holds the actor, the article."""
    columns = {"seen_actor": "actor", "seen_article": "article_id"}
    known = {
        name: frame[column].isin(set(train[column])) for name, column in columns.items() if column in frame
    }
    return frame.assign(**{name: rows.map({True: "yes", False: "no"}) for name, rows in known.items()})


def check_labels(parts: dict[str, pd.DataFrame], task: str) -> None:
    """Refuse parts of which one lacks a label that another has, and a train part with one label only."""
    labels = sorted({label for frame in parts.values() for label in frame[task]})
    if len(labels) < 2:
        raise InputError(f"train part: two labels of {task} must be there, found {labels[0]} alone")
    for part, frame in parts.items():
        missing = sorted(set(labels) - set(frame[task]))
        if missing:
            raise InputError(
                f"{part} part: must hold {', '.join(labels)}, found no {missing[0]} in {len(frame)} rows;"
                " give more data, another split or split.seed"
            )


def fit(config: DictConfig, train: pd.DataFrame) -> SentimentModel:
    """The pipeline that the config describes, fitted, in the form in which it is saved."""
    pipeline = classifier_pipeline(build(config.features), build(config.model))
    weights = train["weight"] * (alike(train, config.balance, config.task) if config.balance else 1)
    given = {} if (weights == 1).all() else {"classifier__sample_weight": weights}
    try:
        pipeline.fit(train, train[config.task], **given)
    except InvalidParameterError as error:  # scikit-learn's own sentence: what must be and what was found
        raise InputError(str(error)) from None
    if config.task == "sentiment":
        return SentimentModel(pipeline)
    return StanceModel(pipeline, build(config.actors))


def alike(frame: pd.DataFrame, column: str, label: str) -> pd.Series:
    """The weight of each row by which every label weighs alike within a value of ``column``; 1 on average.

    Raises InputError for a column that is not there.
    """
    if column not in frame:
        raise InputError(f"balance must be a column of the data, found {column}")
    kinds = frame.groupby(column)[label].transform("nunique")
    rows = frame.groupby(column)[label].transform("size")
    return rows / kinds / frame.groupby([column, label])[label].transform("size")


def score(model: SentimentModel, part: str, frame: pd.DataFrame, metric: str) -> None:
    """Log the answers to a part and print its scores."""
    found = tracking.log_answers(part, frame, model.probabilities(frame), model.task)
    if metric not in found:
        known = ", ".join(name for name in found if f"{name}_low" in found)
        raise InputError(f"metric must be one of {known} on {part}, found {metric}")
    print(score_line(part, found, model.task, metric))


def digest(frame: pd.DataFrame, task: str) -> str:
    """A digest of what a part asks and answers: sentences, actors, mentions, labels."""
    columns = [name for name in ("sentence", "actor", "mentions", task) if name in frame]
    asked = frame[columns].to_json(orient="records", force_ascii=False)
    return hashlib.sha256(asked.encode()).hexdigest()


if __name__ == "__main__":
    main()
