"""The framing lexicon: words by which news presents an actor, counted by role and distance to it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from numbers import Real
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils._param_validation import Interval
from snowballstemmer import stemmer

from training.features.located import Located, Place, as_is
from training.features.reading import Reading
from training.schema import InputError
from training.text import bare_words, normalise, words

BUNDLED = Path(__file__).parents[1] / "corpus" / "lexicon"
KINDS = ("designation", "verb", "noun", "adjective", "phrase")
#: 1 faint, 2 clear, 3 loaded; plain: mostly used in its plain sense.
STRENGTHS = ("1", "2", "3", "plain")
ROLES = ("named", "doer", "done_to", "holder")
NEGATIONS = frozenset(
    ["لا", "لم", "لن", "ليس", "ليست", "ليسوا", "غير", "دون", "بلا", "عدم", "ينفي", "نفي", "نفت"]
)


class Entry(NamedTuple):
    """What a framing word says: polarity {-, +, 0} of a role, strength {1 faint, 2 clear, 3 loaded}."""

    kind: str
    polarity: str
    role: str
    strength: str


class Index(NamedTuple):
    """Entries by full form and by stems (marked ~), and every beginning of either, for the longest match."""

    forms: dict[str, list[Entry]]
    heads: set[str]


class Lexicon(Located):
    """Counts of framing words by polarity, role, strength, and place relative to the actor.

    ``path`` is a folder of TSV files; None: the bundled ones. ``weight`` scales the counts beside TF-IDF.
    """

    _parameter_constraints = {"path": [str, None], "weight": [Interval(Real, 0, None, closed="neither")]}

    def __init__(self, path: str | None = None, weight: float = 0.1):
        self.path = path
        self.weight = weight

    def vectorizer(self) -> CountVectorizer:
        """Plain counts of names known beforehand: a small corpus need not hold any."""
        return CountVectorizer(analyzer=as_is, lowercase=False, vocabulary=_names(), dtype=np.float32)

    def fit_transform(self, X: list[Reading], y: object = None) -> object:
        """Read the lexicon, which the fitted features then carry, and count."""
        self.entries_ = "\n".join(_lines(Path(self.path) if self.path else BUNDLED))
        return super().fit_transform(X)

    def places(self, reading: Reading) -> Iterator[Place]:
        """Each framing word as polarity, role and place; and as polarity, role and strength, nearby.

        Within the actor's own mention only a designation to the letter counts («الانقلابيون»): names are made
        of plain words, and a model that reads them learns whom to be against.
        """
        for entry, first, last, full in found(self.entries_, reading.words):
            own = set(reading.distance[first : last + 1]) == {0}
            if own and not (full and entry.kind == "designation"):
                continue
            where, distance = _where(reading, first, last)
            polarity = _negated(reading.words, first) + entry.polarity
            yield f"{polarity} {entry.role} {where}", first, last
            yield f"{polarity} {entry.strength} {where}", first, last
            if distance is None or distance <= 8:
                yield f"{polarity} {entry.kind} {entry.role} {entry.strength}", first, last


@lru_cache(maxsize=50_000)
def found(lexicon: str, sentence: tuple[str, ...]) -> list[tuple[Entry, int, int, bool]]:
    """The entries in a sentence with their first and last words, and whether they stand there to the letter.

    A full form is taken before a stem, the longest first.

    Kept, for a sentence comes again with each of its actors.
    """
    index, stems, at = _index(lexicon), tuple(map(stem, sentence)), 0
    places = []
    while at < len(sentence):
        starts = [word for word, _ in bare_words(sentence[at])]
        full = _longest(index, starts, sentence, at)
        last, entries = full or _longest(index, stems[at : at + 1], stems, at) or (at, [])
        places += [(entry, at, last, full is not None) for entry in entries]
        at = last + 1
    return places


def _longest(
    index: Index, starts: Sequence[str], sentence: tuple[str, ...], at: int
) -> tuple[int, list[Entry]] | None:
    """The last word and the entries of the longest form whose first word is one of ``starts``."""
    best = None
    for key in starts:
        last = at
        while key in index.heads:
            if key in index.forms and (best is None or last > best[0]):
                best = last, index.forms[key]
            last += 1
            if last == len(sentence):
                break
            key = f"{key} {sentence[last]}"
    return best


_STEMMER = stemmer("arabic")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word's light stem, marked so that no full form equals it.

    >>> stem("الانقلابيون") == stem("انقلابي")
    True
    """
    return "~" + str(_STEMMER.stemWord(word))


def _where(reading: Reading, first: int, last: int) -> tuple[str, int | None]:
    """The place of a span relative to the actor: side and nearness; (far, None) where it is not named."""
    near = min((d for d in reading.distance[first : last + 1] if d is not None), key=abs, default=None)
    if near is None:
        return "far", None
    reach = next(name for name, words in _REACH if abs(near) <= words)
    return f"{'L' if near < 0 else 'R'}{reach}", abs(near)


_REACH = (("in", 0), ("at", 1), ("near", 3), ("clause", 8), ("far", 10_000))


def _names() -> list[str]:
    """Every name that ``Lexicon.places`` can give."""
    wheres = ["far", *(side + reach for side, (reach, _) in product("LR", _REACH))]
    polarities = [negated + polarity for negated, polarity in product(("", "not"), "-+0")]
    return [
        *map(" ".join, product(polarities, (*ROLES, *STRENGTHS), wheres)),
        *map(" ".join, product(polarities, KINDS, ROLES, STRENGTHS)),
    ]


def _negated(sentence: tuple[str, ...], first: int) -> str:
    return "not" if NEGATIONS & set(sentence[max(0, first - 2) : first]) else ""


def _lines(folder: Path) -> list[str]:
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise InputError(f"{folder}: a folder of .tsv files must be there, found none")
    return [
        _checked(line, f"{file}, line {n}") for file in files for n, line in enumerate(_read(file), 1) if line
    ]


def _read(file: Path) -> list[str]:
    return file.read_text("utf-8").split("\n")


def _checked(line: str, where: str) -> str:
    fields = line.split("\t")
    if len(fields) < 5 or not normalise(fields[0]).strip():
        raise InputError(
            f"{where}: must have form, kind, polarity, role, strength apart by tabs, found {line!r}"
        )
    for value, allowed in zip(fields[1:5], (KINDS, "-+0", ROLES, STRENGTHS[:3]), strict=True):
        if value not in tuple(allowed):
            raise InputError(f"{where}: must be one of {', '.join(allowed)}, found {value!r}")
    return line


@lru_cache(maxsize=4)
def _index(lines: str) -> Index:
    forms: dict[str, list[Entry]] = {}
    for line in lines.split("\n"):
        form, kind, polarity, role, strength, _, note = (line.split("\t") + [""] * 2)[:7]
        plain = normalise(form)
        found = [plain[start:end] for start, end in words(plain)]
        found = found[:-1] if found[-1] in _PREPOSITIONS and len(found) > 1 else found
        entry = Entry(kind, polarity, role, "plain" if "mostly plain" in note else strength)
        for key in {" ".join(found), " ".join(map(stem, found))}:
            if entry not in forms.setdefault(key, []):
                forms[key].append(entry)
    heads = {" ".join(form.split()[: n + 1]) for form in forms for n in range(form.count(" ") + 1)}
    return Index(forms, heads)


#: Written apart in the lexicon (أشاد بـ), attached to the next word in a text.
_PREPOSITIONS = frozenset("بلك")
