"""Score a model on a labelled file, or on a part of a corpus.  python -m training.evaluate --help."""

import json
from pathlib import Path

import pandas as pd
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from training import tracking
from training.actors import Gazetteer
from training.command import build, command
from training.metrics import Places, finding_scores, scores
from training.report import finding_line, score_line
from training.schema import InputError


@command("evaluate")
def main(config: DictConfig) -> None:
    """Score the champion, or the model of ``run``, on ``data``; log the scores and write ``output``."""
    data = HydraConfig.get().runtime.choices["data"]
    tracking.connect()
    model = tracking.load(config.run)
    trained = tracking.tags_of(model.metadata.run_id)
    if config.part is None and trained.get("data") == data:
        raise InputError(f"part must be given, for the model was trained on data={data}; add part=test")
    frame = read(config)
    name = f"evaluate {trained.get('features')}-{trained.get('model')}"
    with tracking.run(f"evaluate-{data}", name, {"data": data, "evaluated": model.metadata.run_id}):
        predicted = list(model.predict(frame[["sentence", "actor", "mentions"]])["stance"])
        found = scores(
            *(list(column) for column in (frame["stance"], predicted, frame["article_id"], frame["actor"]))
        )
        tracking.log_scores(config.part or "test", found)
        tracking.log_predictions(config.part or "test", frame, predicted)
        finding = finding_scores(*spans(frame, build(config.actors)))
        tracking.log_scores("actors", finding)
    if config.output:
        write_json({**found, **{f"actors_{name}": value for name, value in finding.items()}}, config.output)
    print(score_line(config.part or data, found))
    print(finding_line(finding))


def read(config: DictConfig) -> pd.DataFrame:
    """The EXAMPLES to score: all of the data, or its ``part`` under the split."""
    dataset = build(config.data)
    return (build(config.split, dataset=dataset)[config.part] if config.part else dataset).to_pandas()


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
