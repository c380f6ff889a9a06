"""EXAMPLES -> matrix: what a classifier sees of a sentence and an actor."""

from sklearn.pipeline import FeatureUnion

from training.features.lexicon import Lexicon
from training.features.located import Located
from training.features.ngrams import ActorName, ActorNgrams, SentenceNgrams, Window
from training.features.reading import Read, Reading, read


def combined(
    width: int = 5, max_n: int = 2, min_char: int = 3, max_char: int = 5, lexicon_weight: float = 0.1
) -> FeatureUnion:
    """Sentence n-grams, the actor's windows and the framing lexicon, side by side."""
    return FeatureUnion(
        [
            ("ngrams", SentenceNgrams(max_n=max_n)),
            ("window", Window(width=width, max_n=max_n, min_char=min_char, max_char=max_char)),
            ("lexicon", Lexicon(weight=lexicon_weight)),
        ]
    )


def named(near: int = 5, wide: int = 60, name_weight: float = 0.3) -> FeatureUnion:
    """A near and a wide window of the actor, and its name: who is named says whom a corpus is against."""
    return FeatureUnion(
        [
            ("near", Window(width=near)),
            ("wide", Window(width=wide)),
            ("name", ActorName(weight=name_weight)),
        ]
    )


def by_actor(width: int = 20, max_n: int = 2, min_char: int = 2, max_char: int = 5) -> FeatureUnion:
    """The windows, shared by all actors, and again for each actor alone."""
    window = {"width": width, "max_n": max_n, "min_char": min_char, "max_char": max_char}
    return FeatureUnion([("window", Window(**window)), ("actor", ActorNgrams(**window))])


__all__ = [
    "ActorName",
    "ActorNgrams",
    "Lexicon",
    "Located",
    "Read",
    "Reading",
    "SentenceNgrams",
    "Window",
    "by_actor",
    "combined",
    "named",
    "read",
]
