"""Corpus -> run: fit a stance pipeline, score it, log it, register it.  python -m training.train --help."""

import hashlib
import time

import mlflow
import pandas as pd
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig, OmegaConf
from sklearn.utils._param_validation import InvalidParameterError

from training import tracking
from training.command import build, command, flat_params
from training.data import examples
from training.metrics import scores
from training.model import stance_pipeline
from training.report import score_line
from training.schema import InputError
from training.stance_model import StanceModel

GROUPS = ("data", "split", "features", "model")
TAGGED = (*GROUPS, "experiment")


@command("train")
def main(config: DictConfig) -> None:
    """Train as ``config`` says; print the scores and what became of the model."""
    choices = HydraConfig.get().runtime.choices
    tracking.connect()
    tags = {group: str(choices[group]) for group in TAGGED if choices[group]}
    name = f"{choices['features']}-{choices['model']}-seed{config.seed}"
    with tracking.run(f"{choices['data']}-{choices['split']}", name, tags):
        mlflow.log_params(flat_params(config, choices, GROUPS))
        mlflow.log_text(OmegaConf.to_yaml(config, resolve=True), "config.yaml")
        parts = read_parts(config)
        model = fit_and_score(config, parts)
        version = tracking.log_model(model, parts["validation"][["sentence", "actor"]].head(3))
        print(f"registered as stance version {version}; {tracking.challenge(version, 'validation/macro_f1')}")


def fit_and_score(config: DictConfig, parts: dict[str, pd.DataFrame]) -> StanceModel:
    """The model of the train part, scored on validation; with ``refit`` of both before it meets the test."""
    model = fit(config, parts["train"])
    score(model, "validation", parts["validation"])
    if config.refit:
        model = fit(config, pd.concat([parts["train"], parts["validation"]], ignore_index=True))
    for part in [name for name in parts if name not in ("train", "validation")]:
        score(model, part, parts[part])
    return model


def read_parts(config: DictConfig) -> dict[str, pd.DataFrame]:
    """Part -> its EXAMPLES as a frame; logged as inputs of the run, the validation part's digest as a tag."""
    split = build(config.split, dataset=build(config.data))
    parts = {part: dataset.to_pandas() for part, dataset in split.items()}
    if config.dev:
        parts["dev"] = examples(config.dev).to_pandas()
    for part, frame in parts.items():
        tracking.log_data(part, frame, digest(frame))
    mlflow.set_tag("data_digest", digest(parts["validation"]))
    return parts


def fit(config: DictConfig, train: pd.DataFrame) -> StanceModel:
    """The pipeline that the config describes, fitted."""
    if train["stance"].nunique() < 2:
        raise InputError(
            f"train part: two stances must be there, found {', '.join(train['stance'].unique())}"
        )
    began = time.perf_counter()
    pipeline = stance_pipeline(build(config.features), build(config.model))
    try:
        pipeline.fit(train, train["stance"])
    except InvalidParameterError as error:  # scikit-learn's own sentence: what must be and what was found
        raise InputError(str(error)) from None
    mlflow.log_metric("fit_seconds", time.perf_counter() - began)
    return StanceModel(pipeline, build(config.actors))


def score(model: StanceModel, part: str, frame: pd.DataFrame) -> None:
    """Log and print the scores of a part, with its confusion matrix and its table by actor."""
    predicted = list(model.pipeline.predict(frame))
    found = scores(
        *(list(column) for column in (frame["stance"], predicted, frame["article_id"], frame["actor"]))
    )
    tracking.log_scores(part, found)
    tracking.log_predictions(part, frame, predicted)
    print(score_line(part, found))


def digest(frame: pd.DataFrame) -> str:
    """A digest of what a part asks and answers: sentences, actors, mentions, stances."""
    asked = frame[["sentence", "actor", "mentions", "stance"]].to_json(orient="records", force_ascii=False)
    return hashlib.sha256(asked.encode()).hexdigest()


if __name__ == "__main__":
    main()
