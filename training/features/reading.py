"""EXAMPLES -> readings: a sentence's words as seen from one actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from training.text import normalise, offsets, original_span, words


@dataclass(frozen=True)
class Reading:
    """A sentence's normalised words, their spans in it, and how far each stands from the actor.

    ``distance`` counts words to the nearest mention: 0 inside it, negative before it, positive after
    it; None for every word where the actor is not named.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    distance: tuple[int | None, ...]
    actor: str


class Read(TransformerMixin, BaseEstimator):
    """The first step of every pipeline: columns sentence, mentions, actor of a DataFrame -> readings.

    Without the last two each sentence is read as a whole, toward nobody.
    """

    def fit(self, X: pd.DataFrame, y: Any = None) -> "Read":
        """Learn nothing."""
        return self

    def transform(self, X: pd.DataFrame) -> list[Reading]:
        """One reading a row."""
        columns = [name for name in ("sentence", "mentions", "actor") if name in X]
        return [read(*row) for row in X[columns].itertuples(index=False)]

    def __sklearn_is_fitted__(self) -> bool:
        return True


def read(sentence: str, mentions: Iterable[dict[str, int]] = (), actor: str = "") -> Reading:
    """The reading of one sentence toward ``actor`` at ``mentions`` ({start, end}, none: not named).

    >>> reading = read("وصل المشير خليفة حفتر أمس", [{"start": 11, "end": 21}])
    >>> dict(zip(reading.words, reading.distance))
    {'وصل': -2, 'المشير': -1, 'خليفه': 0, 'حفتر': 0, 'امس': 1}
    """
    found, spans = _words(sentence)
    inside = [
        index
        for index, (start, end) in enumerate(spans)
        if any(start < mention["end"] and mention["start"] < end for mention in mentions)
    ]
    return Reading(found, spans, tuple(_distance(index, inside) for index in range(len(found))), actor)


def _distance(index: int, inside: list[int]) -> int | None:
    return min((index - at for at in inside), key=abs, default=None)


@lru_cache(maxsize=50_000)
def _words(sentence: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    text, back = normalise(sentence), offsets(sentence)
    places = words(text)
    spans = tuple(original_span(sentence, back, start, end) for start, end in places)
    return tuple(text[start:end] for start, end in places), spans
