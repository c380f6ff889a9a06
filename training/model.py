"""Classifiers with predict_proba, and the pipeline from a table to its labels."""

from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from training.features import Read


def linear_svm(
    C: float = 0.1, class_weight: str | None = None, folds: int = 3, seed: int = 0
) -> BaseEstimator:
    """A linear SVM whose margins become probabilities by Platt's sigmoid, fitted on held-out folds.

    The folds are runs of neighbouring rows, so an article's rows mostly stay in one.
    """
    svm = LinearSVC(C=C, class_weight=class_weight, random_state=seed)
    return CalibratedClassifierCV(svm, method="sigmoid", cv=folds, ensemble=False)


def classifier_pipeline(features: BaseEstimator, classifier: BaseEstimator) -> Pipeline:
    """DataFrame (sentence, mentions, actor) -> readings -> features -> label."""
    union = features if isinstance(features, FeatureUnion) else FeatureUnion([("features", features)])
    return Pipeline([("read", Read()), ("features", union), ("classifier", classifier)])
