"""The saved model: a DataFrame of sentences, and actors, in; label, probabilities and evidence out.

MLflow loads it through this module (``loader_module``), in any process that has the pinned packages:
the pipeline is read by skops, so nothing is unpickled.
"""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import skops.io
from sklearn.pipeline import Pipeline

from training.actors import Gazetteer
from training.evidence import evidence
from training.schema import LABELS, InputError

Span = dict[str, Any]
_PIPELINE, _GAZETTEER = "pipeline.skops", "gazetteer.json"
#: Types skops cannot know; everything else in a saved model must be on its own list of safe types.
TRUSTED = ("sklearn.calibration._CalibratedClassifier", "sklearn.calibration._SigmoidCalibration")


class SentimentModel:
    """A fitted pipeline that answers like MLflow's pyfunc models: sentences in, their sentiment out."""

    task = "sentiment"
    columns: tuple[str, ...] = ("sentence",)

    def __init__(self, pipeline: Pipeline):
        self.pipeline = pipeline

    def predict(self, frame: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """Column sentence -> sentiment, p_negative, p_neutral, p_positive, evidence.

        ``evidence`` is a list of {start, end, text}. Raises InputError for a missing column or a null
        sentence.
        """
        _check(frame, self.columns)
        return self._judge(frame[["sentence"]])

    def get_raw_model(self) -> "SentimentModel":
        """What MLflow's ``get_raw_model`` gives: probabilities are had quicker without evidence."""
        return self

    def probabilities(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A column a label, for a table whose mentions are given."""
        return self._probabilities(self.pipeline.predict_proba(frame), frame.index)

    def _probabilities(self, known: np.ndarray, index: pd.Index) -> pd.DataFrame:
        """A label that was not trained on has the probability 0."""
        found = dict(zip(self.pipeline.classes_, known.T, strict=True))
        return pd.DataFrame({label: found.get(label, 0.0) for label in LABELS[self.task]}, index=index)

    def _judge(self, frame: pd.DataFrame) -> pd.DataFrame:
        readings = self.pipeline["read"].transform(frame)
        matrix = self.pipeline["features"].transform(readings)
        known = self.pipeline["classifier"].predict_proba(matrix)
        probabilities = self._probabilities(known, frame.index)
        labels = list(probabilities.idxmax(axis=1))
        spans = evidence(self.pipeline, readings, matrix, labels)
        quotes = [_quote(s, places) for s, places in zip(frame["sentence"], spans, strict=True)]
        sure = probabilities.add_prefix("p_")
        return pd.DataFrame({self.task: labels, **sure, "evidence": quotes}, index=frame.index)

    def save(self, folder: Path) -> None:
        """Write the model's files into an existing folder."""
        skops.io.dump(self.pipeline, folder / _PIPELINE, compression=zipfile.ZIP_DEFLATED, compresslevel=5)


class StanceModel(SentimentModel):
    """The same toward an actor, whom a gazetteer finds in the sentence."""

    task = "stance"
    columns = ("sentence", "actor")

    def __init__(self, pipeline: Pipeline, gazetteer: Gazetteer):
        super().__init__(pipeline)
        self.gazetteer = gazetteer

    def predict(self, frame: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """Columns sentence, actor -> stance, p_against, p_neutral, p_favor, evidence, found.

        A column ``mentions`` ({start, end} a span) overrides finding, where it is not null. ``found`` is
        false where the actor is not named in the sentence, which then was read as a whole.
        """
        _check(frame, self.columns)
        mentions = self._mentions(frame)
        return self._judge(frame.assign(mentions=mentions)).assign(
            found=[len(spans) > 0 for spans in mentions]
        )

    def _mentions(self, frame: pd.DataFrame) -> list[list[Span]]:
        given = frame["mentions"] if "mentions" in frame else [None] * len(frame)
        return [
            [{"start": start, "end": end} for start, end in self.gazetteer.mentions(sentence, actor)]
            if mentions is None
            else list(mentions)
            for sentence, actor, mentions in zip(frame["sentence"], frame["actor"], given, strict=True)
        ]

    def save(self, folder: Path) -> None:
        """Write the model's files into an existing folder."""
        self.gazetteer.save(folder / _GAZETTEER)
        super().save(folder)


def load(folder: Path) -> SentimentModel:
    """Read a saved model; types that are neither skops's nor this project's are refused."""
    file = folder / _PIPELINE
    unknown = skops.io.get_untrusted_types(file=file)
    refused = [name for name in unknown if name not in TRUSTED and not name.startswith("training.features.")]
    if refused:
        raise InputError(f"{file}: a saved model must hold known types only, found {', '.join(refused)}")
    pipeline, gazetteer = skops.io.load(file, trusted=unknown), folder / _GAZETTEER
    return (
        StanceModel(pipeline, Gazetteer.load(gazetteer)) if gazetteer.is_file() else SentimentModel(pipeline)
    )


def _load_pyfunc(path: str) -> SentimentModel:
    """MLflow's way in."""
    return load(Path(path))


def _quote(sentence: str, spans: list[tuple[int, int]]) -> list[Span]:
    return [{"start": start, "end": end, "text": sentence[start:end]} for start, end in spans]


def _check(frame: pd.DataFrame, columns: tuple[str, ...]) -> None:
    for column in columns:
        if column not in frame:
            raise InputError(f"column {column} must be there, found {', '.join(map(str, frame.columns))}")
        for row, value in enumerate(frame[column]):
            if not isinstance(value, str):
                raise InputError(f"row {row}: {column} must be text, found {value!r}")
