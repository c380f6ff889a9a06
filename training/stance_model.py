"""The saved model: a DataFrame of sentences and actors in; stance, probabilities and evidence out.

MLflow loads it through this module (``loader_module``), in any process that has the pinned packages:
the pipeline is read by skops, so nothing is unpickled.
"""

import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import skops.io
from sklearn.pipeline import Pipeline

from training.actors import Gazetteer
from training.evidence import evidence
from training.schema import STANCES, InputError

Span = dict[str, Any]
_PIPELINE, _GAZETTEER = "pipeline.skops", "gazetteer.json"
#: Types skops cannot know; everything else in a saved model must be on its own list of safe types.
TRUSTED = ("sklearn.calibration._CalibratedClassifier", "sklearn.calibration._SigmoidCalibration")


class StanceModel:
    """A fitted pipeline and a gazetteer that answer like MLflow's pyfunc models."""

    def __init__(self, pipeline: Pipeline, gazetteer: Gazetteer):
        self.pipeline = pipeline
        self.gazetteer = gazetteer

    def predict(self, frame: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """Columns sentence, actor -> stance, p_against, p_neutral, p_favor, evidence, found.

        A column ``mentions`` ({start, end} a span) overrides finding, where it is not null. ``evidence`` is
        a list of {start, end, text}; ``found`` is false where the actor is not named in the sentence, which
        then was read as a whole. Raises InputError for a missing column or a null sentence or actor.
        """
        _check(frame)
        frame = frame.assign(mentions=self._mentions(frame))
        readings = self.pipeline["read"].transform(frame)
        matrix = self.pipeline["features"].transform(readings)
        known = self.pipeline["classifier"].predict_proba(matrix)
        found = dict(zip(self.pipeline.classes_, known.T, strict=True))
        probabilities = pd.DataFrame({f"p_{s}": found.get(s, 0.0) for s in STANCES}, index=frame.index)
        stances = [str(c).removeprefix("p_") for c in probabilities.idxmax(axis=1)]
        spans = evidence(self.pipeline, readings, matrix, stances)
        return probabilities.assign(
            stance=stances,
            evidence=[_quote(s, places) for s, places in zip(frame["sentence"], spans, strict=True)],
            found=[len(mentions) > 0 for mentions in frame["mentions"]],
        )[["stance", *probabilities.columns, "evidence", "found"]]

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
        skops.io.dump(self.pipeline, folder / _PIPELINE, compression=zipfile.ZIP_DEFLATED, compresslevel=5)


def load(folder: Path) -> StanceModel:
    """Read a saved model; types that are neither skops's nor this project's are refused."""
    file = folder / _PIPELINE
    unknown = skops.io.get_untrusted_types(file=file)
    refused = [name for name in unknown if name not in TRUSTED and not name.startswith("training.features.")]
    if refused:
        raise InputError(f"{file}: a saved model must hold known types only, found {', '.join(refused)}")
    return StanceModel(skops.io.load(file, trusted=unknown), Gazetteer.load(folder / _GAZETTEER))


def _load_pyfunc(path: str) -> StanceModel:
    """MLflow's way in."""
    return load(Path(path))


def _quote(sentence: str, spans: list[tuple[int, int]]) -> list[Span]:
    return [{"start": start, "end": end, "text": sentence[start:end]} for start, end in spans]


def _check(frame: pd.DataFrame) -> None:
    for column in ("sentence", "actor"):
        if column not in frame:
            raise InputError(f"column {column} must be there, found {', '.join(map(str, frame.columns))}")
        for row, value in enumerate(frame[column]):
            if not isinstance(value, str):
                raise InputError(f"row {row}: {column} must be text, found {value!r}")
