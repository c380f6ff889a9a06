"""Arabic text: normalisation that can be traced back, words, and an article's sentences."""

from training.text.normal import (
    FUNCTION_WORDS,
    PROCLITICS,
    bare_words,
    normalise,
    occurrences,
    offsets,
    original_span,
    words,
)
from training.text.sentences import Sentence, sentences

__all__ = [
    "FUNCTION_WORDS",
    "PROCLITICS",
    "Sentence",
    "bare_words",
    "normalise",
    "occurrences",
    "offsets",
    "original_span",
    "sentences",
    "words",
]
