"""Features that know the words they came from: the ground of exact evidence."""

from collections.abc import Iterator
from copy import copy
from numbers import Integral
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.utils._param_validation import Interval

from training.features.reading import Reading
from training.schema import InputError

COUNT = [Interval(Integral, 1, None, closed="left")]
#: A feature's name, its first word and its last word.
Place = tuple[str, int, int]


def as_is(names: list[str]) -> list[str]:
    """The analyzer of vectorizers whose input is feature names already."""
    return names


class Located(TransformerMixin, BaseEstimator):
    """Readings -> a sparse matrix of named features, each of which can be led back to its words.

    A subclass gives ``places(reading)``; the matrix is its TF-IDF, rows of length ``weight``.
    """

    min_df = 2
    weight = 1.0

    def places(self, reading: Reading) -> Iterator[Place]:
        """Every feature of the reading with the words it stands on."""
        raise NotImplementedError

    def vectorizer(self) -> CountVectorizer:
        """What turns names into numbers."""
        return TfidfVectorizer(
            analyzer=as_is, lowercase=False, sublinear_tf=True, min_df=self.min_df, dtype=np.float32
        )

    def fit(self, X: list[Reading], y: Any = None) -> "Located":
        """Learn the vocabulary and its weights."""
        self.fit_transform(X)
        return self

    def fit_transform(self, X: list[Reading], y: Any = None) -> csr_matrix:
        """Learn and transform in one pass."""
        self._validate_params()
        self.vectorizer_ = self.vectorizer()
        try:
            return self.vectorizer_.fit_transform(self._names(X)) * self.weight
        except ValueError as error:  # scikit-learn's: no name is left
            found = f"none in {len(X)} sentences"
            raise InputError(f"features: one must stand in {self.min_df} sentences, found {found}") from error

    def transform(self, X: list[Reading]) -> csr_matrix:
        """One row a reading."""
        return self.vectorizer_.transform(self._names(X)) * self.weight

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The features' names, in the order of the columns."""
        return self.vectorizer_.get_feature_names_out()

    def __getstate__(self) -> dict[str, Any]:
        """The vocabulary as one string: saved as a dict of 300,000 nodes it takes skops 20 seconds."""
        state = dict(super().__getstate__())
        if "vectorizer_" in state:
            state["vectorizer_"] = copy(self.vectorizer_)
            state["vectorizer_"].vocabulary_ = "\n".join(self.get_feature_names_out())
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Undo ``__getstate__``."""
        super().__setstate__(state)
        if "vectorizer_" in state:
            names = self.vectorizer_.vocabulary_.split("\n")
            self.vectorizer_ = copy(self.vectorizer_)
            self.vectorizer_.vocabulary_ = {name: index for index, name in enumerate(names)}

    def _names(self, X: list[Reading]) -> Iterator[list[str]]:
        return ([name for name, _, _ in self.places(reading)] for reading in X)
