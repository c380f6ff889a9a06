"""Arabic normalisation that can be traced back, and words."""

import re
import unicodedata

#: Letters that newspapers write in several ways, beyond what Unicode itself decomposes.
_FOLDED = {"\u0671": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ے": "ي", "ە": "ه", "ہ": "ه", "\u0640": ""}
PROCLITICS = "وفبكلس"


class _Fold(dict[int, str]):
    """A ``str.translate`` table that works out each character once."""

    def __missing__(self, code: int) -> str:
        folded, before = chr(code), ""
        while folded != before:
            before, folded = folded, "".join(map(_fold, unicodedata.normalize("NFKD", folded.casefold())))
        self[code] = folded
        return folded


def _fold(char: str) -> str:
    if unicodedata.category(char) in ("Mn", "Cf"):
        return ""
    digit = unicodedata.digit(char, None)
    return _FOLDED.get(char, char) if digit is None else str(digit)


_TABLE = _Fold()


def normalise(text: str) -> str:
    """Fold the spellings of one word together: diacritics, tatweel, hamza seats, ى ة, digits, forms.

    Unicode compatibility decomposition without its marks, then the letters newspapers write in two
    ways. Idempotent, character by character, so that ``offsets`` can lead back.

    >>> normalise("أُمَّـــة ١٩٩٠ إلى ﻻﻓﺮوف")
    'امه 1990 الي لافروف'
    """
    return text.translate(_TABLE)


def offsets(text: str) -> list[int]:
    """For each character of ``normalise(text)`` the index in ``text`` it came from.

    >>> offsets("أُمّة")
    [0, 2, 4]
    """
    return [index for index, char in enumerate(text) for _ in _TABLE[ord(char)]]


def original_span(text: str, back: list[int], start: int, end: int) -> tuple[int, int]:
    """The span of ``text`` behind ``start:end`` of its normalised form, trailing marks included.

    >>> text = "قال حَفْتَرٌ أمس"
    >>> start, end = original_span(text, offsets(text), 4, 8)
    >>> text[start:end]
    'حَفْتَرٌ'
    """
    first, last = back[start], back[end - 1] + 1
    while last < len(text) and not _TABLE[ord(text[last])]:
        last += 1
    return first, last


#: Normalised words that neither name nor judge.
FUNCTION_WORDS = frozenset(
    "في الي من علي عن ان انه انها وان الذي التي والتي الذين قد وقد لقد لا لم لن ما بعد قبل خلال مع بشان حول"
    " ثم او حيث كان كانت هذا هذه ذلك تلك بل لكن كما كل بين عند منذ حتي امس اليوم هو هي وهو وهي اي اذا اما"
    " غير عبر لدي نحو".split()
)

_WORD = re.compile(r"[^\W_]+\+?|[\u2600-\u27bf\U0001f300-\U0001faff]")


def words(normalised: str) -> list[tuple[int, int]]:
    """The spans of the words of a normalised text: runs of letters and digits (the plus of أوبك+ too), emoji.

    >>> [("وصل حفتر، أمس")[a:b] for a, b in words("وصل حفتر، أمس")]
    ['وصل', 'حفتر', 'أمس']
    """
    return [match.span() for match in _WORD.finditer(normalised)]


#: س stands before verbs only: سليما is not ليما.
_PROCLITIC = re.compile(r"[وف]?[بكل]?")
#: A word without proclitics must keep so many letters: shorter ones are mostly other words.
_SHORTEST = 3


def bare_words(word: str) -> list[tuple[str, int]]:
    """A normalised word as it stands and without proclitics, each with the letters cut; لل read as ال.

    >>> bare_words("وللسعوديه")
    [('وللسعوديه', 0), ('للسعوديه', 1), ('لسعوديه', 2), ('السعوديه', 1)]
    """
    longest = _PROCLITIC.match(word).end()  # type: ignore[union-attr]  # it matches the empty string
    bare = [(word[cut:], cut) for cut in range(longest + 1) if cut == 0 or len(word) - cut >= _SHORTEST]
    fused = [("ال" + rest[2:], cut) for rest, cut in bare if rest.startswith("لل")]
    return bare + fused


def occurrences(text: str, phrase: str) -> list[tuple[int, int]]:
    """Where ``phrase`` stands in ``text`` as a word of its own, an attached proclitic apart.

    Where it stands only inside words (a mention cut from a longer word), its first place is given;
    an empty list means that it does not stand there at all.

    >>> text = "شي جين بينغ قال شيئا، ولشي رأي"
    >>> [text[:a] + "|" + text[a:b] for a, b in occurrences(text, "شي")]
    ['|شي', 'شي جين بينغ قال شيئا، ول|شي']
    """
    places = [match.span() for match in re.finditer(re.escape(phrase), text)]
    return [place for place in places if _is_word(text, *place)] or places[:1]


_LETTER = r"[^\W_]|[\u064b-\u065f\u0640\u0670]"
_BEFORE = re.compile(rf"(?:{_LETTER})*$")
_AFTER = re.compile(_LETTER)


def _is_word(text: str, start: int, end: int) -> bool:
    if not text[end - 1].isalnum():
        return True
    before = _BEFORE.search(text, max(0, start - 12), start)
    head = normalise(before.group()) if before else ""
    attached = len(head) <= 2 and all(char in PROCLITICS for char in head)
    return attached and not _AFTER.match(text, end)
