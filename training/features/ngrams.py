"""N-grams of words and of the characters in them: over the sentence, and around the actor."""

from collections.abc import Iterator
from functools import lru_cache
from numbers import Real

from sklearn.utils._param_validation import Interval

from training.features.located import COUNT, Located, Place
from training.features.reading import Reading
from training.text import normalise

#: What stands in for the actor, so that no name is learned.
MASK = "<actor>"


class SentenceNgrams(Located):
    """Word n-grams of the whole sentence, whoever the actor is."""

    _parameter_constraints = {"max_n": COUNT}

    def __init__(self, max_n: int = 2):
        self.max_n = max_n

    def places(self, reading: Reading) -> Iterator[Place]:
        """Every run of one to ``max_n`` words."""
        return ngrams("", list(enumerate(reading.words)), self.max_n)


class Window(Located):
    """Word n-grams left, right and around the actor, and character n-grams around it, the actor masked.

    ``width`` is in words on each side. Where the actor is not named the whole sentence is around it.
    """

    _parameter_constraints = {"width": COUNT, "max_n": COUNT, "min_char": COUNT, "max_char": COUNT}

    def __init__(self, width: int = 5, max_n: int = 2, min_char: int = 3, max_char: int = 5):
        self.width = width
        self.max_n = max_n
        self.min_char = min_char
        self.max_char = max_char

    def places(self, reading: Reading) -> Iterator[Place]:
        """N-grams by side (``L`` ``R``), within three words of it (``l`` ``r``), and around (``A`` ``C``)."""
        near = [
            (index, MASK if distance == 0 else word, distance)
            for index, (word, distance) in enumerate(zip(reading.words, reading.distance, strict=True))
            if distance is None or abs(distance) <= self.width
        ]
        around = [(index, word) for index, word, _ in near]
        left = [(index, word) for index, word, distance in near if distance is not None and distance <= 0]
        right = [(index, word) for index, word, distance in near if distance is not None and distance >= 0]
        yield from ngrams("A", around, self.max_n)
        yield from ngrams("L", left, self.max_n)
        yield from ngrams("R", right, self.max_n)
        for index, word, distance in near:
            if distance != 0:
                if distance is not None and abs(distance) <= 3:
                    yield f"{'l' if distance < 0 else 'r'} {word}", index, index
                for gram in char_ngrams(word, self.min_char, self.max_char):
                    yield gram, index, index


class ActorNgrams(Window):
    """The window's n-grams, each joined to the actor's name: for closed sets of actors or issues."""

    def places(self, reading: Reading) -> Iterator[Place]:
        """The window's places, named for the actor."""
        return ((f"{reading.actor}: {name}", first, last) for name, first, last in super().places(reading))


class ActorName(Located):
    """The words of the actor's name, at its mentions; where it is not named, at the first word.

    ``weight`` is the length of the row. Left out of the defaults, which judge a name by its sentence alone.
    """

    _parameter_constraints = {"weight": [Interval(Real, 0, None, closed="neither")]}

    def __init__(self, weight: float = 0.3):
        self.weight = weight

    def places(self, reading: Reading) -> Iterator[Place]:
        """Each word of the name, at every mention's words."""
        inside = [index for index, distance in enumerate(reading.distance) if distance == 0]
        for word in normalise(reading.actor).split():
            yield from ((f"N {word}", index, index) for index in inside or [0])


def ngrams(side: str, words: list[tuple[int, str]], max_n: int) -> Iterator[Place]:
    """Runs of one to ``max_n`` neighbouring words, named by their side; a run of the mask alone is none."""
    for at, (first, word) in enumerate(words):
        name, last = f"{side} {word}", first
        if word != MASK:
            yield name, first, first
        for index, following in words[at + 1 : at + max_n]:
            if index != last + 1:
                break
            name, last = f"{name} {following}", index
            yield name, first, last


@lru_cache(maxsize=200_000)
def char_ngrams(word: str, min_n: int, max_n: int) -> tuple[str, ...]:
    """The character n-grams of a word between its bounds.

    >>> char_ngrams("حفتر", 4, 5)
    ('C ^حفت', 'C حفتر', 'C فتر$', 'C ^حفتر', 'C حفتر$')
    """
    bounded = f"^{word}$"
    return tuple(
        f"C {bounded[at : at + n]}" for n in range(min_n, max_n + 1) for at in range(len(bounded) - n + 1)
    )
