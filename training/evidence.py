"""The words that carry a stance: the addends of the linear score, led back to the sentence."""

from collections import Counter

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.pipeline import Pipeline

from training.features import Reading
from training.text import FUNCTION_WORDS

#: Chosen on the validation articles' evidence: word F1 0.31 here, 0.27 at a half, with 3.3 words a stance.
_SHARE = 0.3


def evidence(
    pipeline: Pipeline, readings: list[Reading], matrix: csr_matrix, stances: list[str], most: int = 3
) -> list[list[tuple[int, int]]]:
    """For each reading the spans that speak most for its stance, at most ``most``, in order of place.

    ``matrix`` holds the readings' features. Neutral has no evidence, nor has a classifier without
    coefficients.
    """
    spans: list[list[tuple[int, int]]] = [[] for _ in readings]
    judged = [index for index, stance in enumerate(stances) if stance != "neutral"]
    kept = [readings[index] for index in judged]
    addends = word_addends(pipeline, kept, matrix[judged], [stances[index] for index in judged])
    for index, weights in zip(judged, addends or [], strict=False):
        spans[index] = _strongest(readings[index], weights, most)
    return spans


def word_addends(
    pipeline: Pipeline, readings: list[Reading], matrix: csr_matrix, stances: list[str]
) -> list[np.ndarray] | None:
    """For each reading what each of its words adds to the linear score of its stance.

    A feature's addend (coefficient x value) is shared out among the places where it stands, and there
    among its words; so a row's addends and the intercept sum to the score before calibration. None for a
    classifier without coefficients, and for no readings.
    """
    coefficients = stance_coefficients(pipeline["classifier"])
    if coefficients is None or not readings:
        return None
    classes = list(coefficients)
    rows = np.repeat([classes.index(stance) for stance in stances], np.diff(matrix.indptr))
    addends = matrix.data * np.stack(list(coefficients.values()))[rows, matrix.indices]
    cuts = matrix.indptr[1:-1]
    values = zip(np.split(matrix.indices, cuts), np.split(addends, cuts), strict=True)
    return [
        _share_out(pipeline, reading, dict(zip(columns.tolist(), row.tolist(), strict=True)))
        for reading, (columns, row) in zip(readings, values, strict=True)
    ]


def stance_coefficients(classifier: BaseEstimator) -> dict[str, np.ndarray] | None:
    """For each stance the coefficients of its linear score; None where the classifier has none."""
    if isinstance(classifier, CalibratedClassifierCV):
        classifier = classifier.calibrated_classifiers_[0].estimator
    if not hasattr(classifier, "coef_"):
        return None
    rows = classifier.coef_ if len(classifier.classes_) > 2 else [-classifier.coef_[0], classifier.coef_[0]]
    return dict(zip(classifier.classes_, rows, strict=True))


def _share_out(pipeline: Pipeline, reading: Reading, values: dict[int, float]) -> np.ndarray:
    """One row of addends by column -> one sum a word."""
    weights, before = np.zeros(len(reading.words)), 0
    for _, group in pipeline["features"].transformer_list:
        names = group.vectorizer_.vocabulary_
        places = [place for place in group.places(reading) if place[0] in names]
        often = Counter(name for name, _, _ in places)
        for name, first, last in places:
            value = values.get(before + names[name], 0.0)
            weights[first : last + 1] += value / often[name] / (last + 1 - first)
        before += len(names)
    return weights


def _strongest(reading: Reading, weights: np.ndarray, most: int) -> list[tuple[int, int]]:
    """Runs of words that weigh at least ``_SHARE`` of the heaviest one, the heaviest runs first taken."""
    told = np.where([word in FUNCTION_WORDS for word in reading.words], 0, weights)
    if not len(told) or told.max() <= 0:
        return []
    strong = np.flatnonzero(told >= told.max() * _SHARE)
    runs = np.split(strong, np.flatnonzero(np.diff(strong) > 1) + 1)
    taken = sorted(runs, key=lambda run: -told[run].sum())[:most]
    return sorted((reading.spans[run[0]][0], reading.spans[run[-1]][1]) for run in taken)
