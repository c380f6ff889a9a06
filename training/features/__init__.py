"""EXAMPLES -> matrix: what a classifier sees of a sentence and an actor."""

from sklearn.pipeline import FeatureUnion

from training.features.lexicon import Lexicon
from training.features.located import Located
from training.features.ngrams import SentenceNgrams, Window
from training.features.reading import Read, Reading, read


def combined(width: int = 5, max_n: int = 2, lexicon_weight: float = 0.1) -> FeatureUnion:
    """Sentence n-grams, the actor's windows and the framing lexicon, side by side."""
    return FeatureUnion(
        [
            ("ngrams", SentenceNgrams(max_n=max_n)),
            ("window", Window(width=width, max_n=max_n)),
            ("lexicon", Lexicon(weight=lexicon_weight)),
        ]
    )


__all__ = ["Lexicon", "Located", "Read", "Reading", "SentenceNgrams", "Window", "combined", "read"]
