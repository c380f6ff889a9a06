"""EXAMPLES -> matrix: what a classifier sees of a sentence and an actor."""

from training.features.located import Located
from training.features.ngrams import SentenceNgrams, Window
from training.features.reading import Read, Reading, read

__all__ = ["Located", "Read", "Reading", "SentenceNgrams", "Window", "read"]
