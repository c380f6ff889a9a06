"""An article's sentences, with headings, bylines and boilerplate told apart."""

import re
from dataclasses import dataclass

from training.text.normal import normalise, words


@dataclass(frozen=True)
class Sentence:
    """A sentence's place in the text as given, and its kind: one of ``schema.KINDS``."""

    start: int
    end: int
    kind: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of an article in order, with headings, bylines and share boilerplate told apart.

    A sentence ends with the line, or after . ؟ ! … outside «quotes» and "quotes" that are closed in the
    same line; not after an initial, an abbreviation or inside a decimal.

    >>> text = "صدى الميدان\\nقال أ. سعيد: «نعم. سنعود». وغادر!\\nشاركه مع أصدقائك"
    >>> [sentence.kind for sentence in sentences(text)]
    ['byline', 'body', 'body', 'boilerplate']
    >>> [text[sentence.start:sentence.end] for sentence in sentences(text)][1:3]
    ['قال أ. سعيد: «نعم. سنعود».', 'وغادر!']
    """
    lines = [_stripped(text, *match.span()) for match in re.finditer(r"[^\n\r\u2028\u2029]+", text)]
    lines = [(start, end) for start, end in lines if start < end]
    found: list[Sentence] = []
    for number, (start, end) in enumerate(lines):
        kind = _kind(text[start:end], number, len(lines))
        spans = _split(text, start, end) if kind == "body" else [(start, end)]
        found.extend(Sentence(*span, kind) for span in spans)
    return found


_TERMINAL = ".!?؟…۔"
_END = re.compile(rf"[{re.escape(_TERMINAL)}]+[\"»”)\]]*")
_ABBREVIATION = re.compile(r"(?:^|[^\w.])(?:\w[.\s])*(?:\w|هـ|الخ|اد|Dr|Mr|Mrs|St|No|vs)$")


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one line of running text."""
    spans, begin = [], start
    quoted = _quoted(text[start:end])
    for match in _END.finditer(text, start, end):
        if not any(first < match.start() - start < last for first, last in quoted) and _ends(
            text, match, end
        ):
            spans.append(_stripped(text, begin, match.end()))
            begin = match.end()
    spans.append(_stripped(text, begin, end))
    return [(first, last) for first, last in spans if any(map(str.isalnum, text[first:last]))]


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a sentence ends at this stop: not at a decimal, an initial or an address."""
    if match.end() == end:
        return True
    following = text[match.end()]
    if match.group() == "." and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start()):
        return False
    # Newspapers lose the space after a stop; an address or a decimal goes on in Latin letters or digits.
    return (
        following.isspace()
        or ("\u0600" <= following <= "\u06ff" and following.isalpha())
        or following in "«“"
    )


def _quoted(line: str) -> list[tuple[int, int]]:
    """The spans of the line's quotations; kinds of quotes that are not closed in it are taken for strays."""
    spans: list[tuple[int, int]] = []
    if line.count('"') % 2 == 0:
        marks = [match.start() for match in re.finditer('"', line)]
        spans += zip(marks[::2], marks[1::2], strict=True)
    for opening, closing in (("«", "»"), ("“", "”")):
        spans += _nested(line, opening, closing)
    return spans


def _nested(line: str, opening: str, closing: str) -> list[tuple[int, int]]:
    spans, depth, first = [], 0, 0
    for match in re.finditer(f"[{opening}{closing}]", line):
        if match.group() == opening:
            first = match.start() if depth == 0 else first
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                spans.append((first, match.start()))
        if depth < 0:
            return []
    return spans if depth == 0 else []


_BOILERPLATE = re.compile(
    r"هل اعجبك|شارك(?:ه|ها|وا|ونا)? (?:مع|هذا|هذه|الخبر|المقال|الموضوع|علي|برايك)|اقرا (?:ايضا|المزيد|في)"
    r"|تابعو?نا (?:علي|عبر)|اضغط هنا|انقر هنا|(?:جميع )?الحقوق محفوظه|للمزيد من الاخبار"
    r"|حمل(?:وا)? (?:ال)?تطبيق|اشترك(?:وا)? (?:في|الان)|(?:ال)?رابط (?:ال)?(?:مختصر|خبر)"
    r"|كلمات (?:مفتاحيه|دلاليه)|مواضيع (?:ذات صله|متعلقه)"
    r"|https?:|www\."
)
_BYLINE = re.compile(
    r"(?:كتب(?:ت)?|بقلم|ترجمه|تحرير|اعداد|اعده|تصوير|المصدر|متابعات?|الكاتب)\s*[:：-]|بقلم "
    r"|.{0,40}(?:رويترز|ا ف ب|ا\.ف\.ب|د ب ا|وكالات|الاناضول|سبوتنيك|واس|فرانس برس)\W*$"
)
_HEADING_WORDS, _BYLINE_WORDS, _BOILERPLATE_WORDS = 12, 2, 20


def _kind(line: str, number: int, lines: int) -> str:
    """The kind of one line of an article of so many lines, by its words, its length and its place."""
    plain = normalise(line).strip(' \t"«»“”*•-–—|')
    length, stopped = len(words(plain)), line.rstrip(' "»”)')[-1:] in _TERMINAL + ":،,؛"
    if _BOILERPLATE.match(plain) and length <= _BOILERPLATE_WORDS:
        return "boilerplate"
    if length == 0 or (_BYLINE.match(plain) and length <= 8 and not stopped):
        return "byline"
    if stopped or length > _HEADING_WORDS or lines == 1:
        return "body"
    edge = number in (0, lines - 1)
    if edge and length <= _BYLINE_WORDS:
        return "byline"
    return "body" if number == lines - 1 else "headline"


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
