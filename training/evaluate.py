"""Score a model on a labelled file, or on a part of a corpus.  python -m training.evaluate --help."""

import json
from pathlib import Path

import pandas as pd
from mlflow.pyfunc import PyFuncModel
from omegaconf import DictConfig

from training import tracking
from training.actor_use import named
from training.actors import Gazetteer
from training.command import build, command, corpora
from training.metrics import Places, finding_scores
from training.report import finding_line, score_line, use_line
from training.schema import InputError


@command("evaluate")
def main(config: DictConfig) -> None:
    """Score the champion, or the model of ``run``, on ``data``; log the scores and write ``output``."""
    tracking.connect()
    model = tracking.load(config.task, config.run)
    trained = tracking.tags_of(model.metadata.run_id)
    data, frame = read(config, trained.get("data", "").split("+"))
    name = f"evaluate {trained.get('features')}-{trained.get('model')}"
    tags = {"task": config.task, "data": data, "evaluated": model.metadata.run_id}
    with tracking.run(f"evaluate-{config.task}-{data}", name, tags):
        found = score_answers(config, data, frame, model)
        if config.task == "stance":
            found |= score_finding(frame, build(config.actors))
    if config.output:
        write_json(found, config.output)


def score_answers(config: DictConfig, data: str, frame: pd.DataFrame, model: PyFuncModel) -> dict[str, float]:
    """Log and print the scores of a model's answers, and of a stance model what they owe to the name."""
    part, shown, known = config.part or "test", config.part or data, model.get_raw_model()
    found = tracking.log_answers(part, frame, known.probabilities(frame), config.task)
    metric = tracking.tags_of(model.metadata.run_id).get("metric", "macro_f1")
    print(score_line(shown, found, config.task, metric if metric in found else "macro_f1"))
    if config.task == "sentiment":
        return found
    told = named(known.pipeline.predict, frame)
    tracking.log_scores(part, told)
    print(use_line(shown, told))
    return found | told


def read(config: DictConfig, trained: list[str]) -> tuple[str, pd.DataFrame]:
    """The corpus's name and its rows to score: all of them, or its ``part`` under the split.

    Raises InputError for several corpora, and for all rows of one that the model was trained on.
    """
    [data, *more] = tracking.corpora_of(config)
    if more:
        raise InputError(f"data must name one corpus to score, found {', '.join([data, *more])}")
    if config.part is None and data in trained and data != "examples":
        raise InputError(f"part must be given, for the model was trained on data={data}; add part=test")
    dataset = corpora(config)[data]
    rows = build(config.split, dataset=dataset)[config.part] if config.part else dataset
    return data, rows.to_pandas()


def score_finding(frame: pd.DataFrame, gazetteer: Gazetteer) -> dict[str, float]:
    """Log and print how well the gazetteer finds the mentions; the scores as ``actors_NAME``."""
    finding = finding_scores(*spans(frame, gazetteer))
    tracking.log_scores("actors", finding)
    print(finding_line(finding))
    return {f"actors_{name}": value for name, value in finding.items()}


def spans(frame: pd.DataFrame, gazetteer: Gazetteer) -> tuple[list[Places], list[Places]]:
    """For each sentence the spans of the mentions given, and of those found in the article as labelled."""
    given: list[Places] = []
    found: list[Places] = []
    for _, article in frame.groupby("article_id", sort=False):
        by_sentence = article.groupby("sentence_id", sort=False)
        given += [
            [(m["start"], m["end"]) for ms in pairs["mentions"] for m in ms] for _, pairs in by_sentence
        ]
        sentences = by_sentence["sentence"].first()
        found += [[(m.start, m.end) for m in mentions] for mentions in gazetteer.find(list(sentences))]
    return given, found


def write_json(found: dict[str, float], path: str) -> None:
    """Write flat JSON beside the file, then move it into place."""
    file = Path(path)
    if not file.parent.is_dir():
        raise InputError(f"{file}: the output's folder must be there, found none; make it first")
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    beside.replace(file)


if __name__ == "__main__":
    main()
