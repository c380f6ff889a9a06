"""Forms -> mentions in sentences: longest match, word boundaries, proclitics, the context of a state."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.actors.forms import SAFE, Forms, Sense, form_of
from training.text import FUNCTION_WORDS, bare_words, normalise, offsets, original_span, words


@dataclass(frozen=True)
class Mention:
    """An actor and the span of a sentence that names it."""

    actor: str
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """A form from its first to its last word in a sentence, ``cut`` letters of proclitic before it."""

    form: str
    first: int
    last: int
    cut: int


class Gazetteer:
    """Forms of actors, ready to be found; saved with every model as JSON."""

    def __init__(self, forms: Forms):
        self.forms = forms
        self.heads = {head for form in forms for head in _heads(form)}
        self.by_actor: dict[str, list[str]] = {}
        for form, senses in forms.items():
            for _, actor, _ in senses:
                self.by_actor.setdefault(actor, []).append(form)

    def find(self, sentences: Sequence[str]) -> list[list[Mention]]:
        """The mentions in each sentence of one article, in order of place.

        A weak form is taken only after a full name of its actor, in this sentence or before; of several
        such actors it means the one named last.

        >>> from training.actors import read_forms
        >>> article = ["وصل المشير خليفة حفتر إلى القاهرة.", "ولحفتر دور، ولمصر دور."]
        >>> found = Gazetteer(read_forms()).find(article)
        >>> [[(m.actor, s[m.start:m.end]) for m in ms] for s, ms in zip(article, found)]
        [[('خليفة حفتر', 'خليفة حفتر')], [('خليفة حفتر', 'حفتر'), ('مصر', 'مصر')]]
        """
        named: list[str] = []  # actors by their last full name, the latest at the end
        return [self._find(_Words(sentence), named) for sentence in sentences]

    def mentions(self, sentence: str, actor: str) -> list[tuple[int, int]]:
        """The spans that name one given actor, by its listed forms or, where it is not listed, its name.

        >>> Gazetteer({}).mentions("وقال سعيد: لسعيد رأي", "سعيد")
        [(5, 9), (12, 16)]
        """
        own = {form: [s for s in self.forms[form] if s[1] == actor] for form in self.by_actor.get(actor, [])}
        alone = Gazetteer(own or {form_of(actor): [("safe", actor, 0)]})
        found, at, spans = _Words(sentence), 0, []
        while at < len(found.words):
            match = next(alone._matches(found, at), None)
            if match:
                spans.append(found.span(match.first + alone.forms[match.form][0][2], match.last, match.cut))
            at = match.last + 1 if match else at + 1
        return spans

    def save(self, file: Path) -> None:
        """Write the forms as JSON."""
        file.write_text(json.dumps(self.forms, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, file: Path) -> "Gazetteer":
        """Read what ``save`` wrote."""
        forms = json.loads(file.read_text("utf-8"))
        return cls(
            {form: [(sort, actor, skip) for sort, actor, skip in senses] for form, senses in forms.items()}
        )

    def _find(self, found: "_Words", named: list[str]) -> list[Mention]:
        mentions: list[Mention] = []
        at = free = 0  # ``free`` is the first word that no earlier match holds
        while at < len(found.words):
            for match in self._matches(found, at):
                sense = _meant(self.forms[match.form], found, match, named)
                if sense:
                    mentions += _mention(sense, found, match, free)
                    at = match.last
                    free = at + 1
                    break
            at += 1
        return mentions

    def _matches(self, found: "_Words", at: int) -> Iterator[Match]:
        """The forms that begin at a word, longest first, and those without a proclitic first."""
        matches = []
        for word, cut in bare_words(found.words[at]):
            form, last = word, at
            while form in self.heads:
                if form in self.forms:
                    matches.append(Match(form, at, last, cut))
                if not found.joined(last):
                    break
                last += 1
                form = f"{form} {found.words[last]}"
        return iter(sorted(matches, key=lambda match: (-match.last, match.cut)))


def _heads(form: str) -> list[str]:
    """The form and all its beginnings of whole words."""
    found = form.split()
    return [" ".join(found[: count + 1]) for count in range(len(found))]


class _Words:
    """A sentence's normalised words with the way back to its characters."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        self.plain = normalise(sentence)
        self.back = offsets(sentence)
        self.places = words(self.plain)
        self.words = [self.plain[start:end] for start, end in self.places]

    def joined(self, index: int) -> bool:
        """Whether only spaces, hyphens or quotes stand between this word and a next one."""
        if index + 1 >= len(self.places):
            return False
        between = self.plain[self.places[index][1] : self.places[index + 1][0]]
        return not between.strip(' \t"«»“”-–_')

    def before(self, index: int) -> str:
        """The word joined to this one from before; empty where there is none."""
        return self.words[index - 1] if index and self.joined(index - 1) else ""

    def after(self, index: int) -> str:
        """What stands behind this word up to the next one, without spaces."""
        following = self.places[index + 1][0] if index + 1 < len(self.places) else len(self.plain)
        return self.plain[self.places[index][1] : following].strip()

    def span(self, first: int, last: int, cut: int) -> tuple[int, int]:
        """The original span from ``cut`` letters into the first word to the last, with its closing quote."""
        start, end = original_span(
            self.sentence, self.back, self.places[first][0] + cut, self.places[last][1]
        )
        opened = self.sentence.count("«", start, end) - self.sentence.count("»", start, end)
        return start, end + (opened > 0 and self.sentence.startswith("»", end))


# Which words before a name make it a place was counted on the labels of the composed articles and of the
# real sentences given for training: after في one state in four is an actor, elsewhere four in five.
_IN = re.compile(r"[وف]?(?:في|داخل|مطار)|[وفب]?(?:شمال|جنوب|شرق|غرب)ي?")
_AT = re.compile(
    r"[وفبل]{0,2}(?:ال|ل)?(?:في|الي|شمال|جنوب|شرق|غرب|شرقي|غربي|مطار|عاصمه|مدينه|قمه|مرفا|ميناء|قلعه|محادثات|اهل|شوارع"
    r"|فنادق|باب|موتمر|لقاء|اتفاق|قرب|وسط|ضواحي|محيط)"
)
#: Words for a state's institutions: with the adjective behind them they name the state.
_INSTITUTION = re.compile(
    r"[وفبكل]{0,2}(?:ال|ل)?(?:حكومه|سلطات|رياسه|خارجيه|وزاره|وزير|رييس|قوات|جيش|شرطه|سفاره|سفير|اداره|جانب|وفد|مسوول"
    r"|مسوولون|مسوولين|برلمان|قياده|بعثه|مندوب|قضاء|جنود|نظام|دوله|دبلوماسيه|دبلوماسي|دبلوماسيون|دبلوماسيين|استخبارات"
    r"|مخابرات|بحريه|طيران|مبعوث|وسيط|قنصليه|بنتاغون|دفاع|داخليه|خزانه|اجهزه|احتلال|مفاوض|مفاوضون|مفاوضين|كرملين)"
)
#: Words for a state's deeds: behind them the adjective alone names the state.
_DEED = re.compile(
    r"[وفبكل]{0,2}(?:ال|ل)?(?:موقف|دعم|شعب|سياسه|سياسات|قرار|ضربات|غارات|غاره|قصف|عدوان|عقوبات|نفوذ|وساطه|تدخل|تدخلات"
    r"|مساعدات|هجمات|ضغوط|ضغط|خطوه|هيمنه|مشروع|مساعي|جهود|رعايه|تمويل|حصار|توسع|اطماع|مقاتلات|طايرات|مسيرات)"
)
#: Offices: with the adjective and a name behind them they are that person's title, not the state.
_OFFICE = re.compile(r"[وفبكل]{0,2}(?:ال|ل)?(?:رييس|وزير|سفير|مندوب|مبعوث|مسوول|دبلوماسي|وسيط|مفاوض)")
_PEOPLE = re.compile(r"(?:ال|ل|)\w{3,}(?:ون|ين)")
_NOBODY: Sense = ("guard", "", 0)


def _meant(senses: list[Sense], found: _Words, match: Match, named: list[str]) -> Sense | None:
    """What a form means here; None where it means none of its actors, and a shorter form may."""
    for sense in senses:
        sort, actor, _ = sense
        if sort in SAFE:
            if actor in named:
                named.remove(actor)
            named.append(actor)
            return _NOBODY if sort == "place" and _IN.fullmatch(found.before(match.first)) else sense
        if sort in ("metonyms", "capital") and not _is_city(found, match):
            return sense
        if sort == "demonyms" and _speaks_for_state(found, match):
            return sense
    weak = [sense for sense in senses if sense[0] == "weak" and sense[1] in named]
    if weak:
        return max(weak, key=lambda sense: named.index(sense[1]))
    return _NOBODY if _NOBODY in senses else None


def _is_city(found: _Words, match: Match) -> bool:
    """Whether a capital is only where something happens: after such a word, after بـ, or as a dateline."""
    attached = found.words[match.first][: match.cut]
    dateline = match.first == 0 and found.after(match.last)[:1] in tuple("(/-–—:،,")
    return attached.endswith("ب") or dateline or bool(_AT.fullmatch(found.before(match.first)))


def _speaks_for_state(found: _Words, match: Match) -> bool:
    """Whether an adjective stands for the state: its people, or behind an institution or a deed of it."""
    if _PEOPLE.fullmatch(found.words[match.last]):
        return True
    if _DEED.fullmatch(found.before(match.first)):
        return True
    count = _institution(found, match.first)
    if not count or not _OFFICE.fullmatch(found.words[match.first - count]):
        return count > 0
    return not found.joined(match.last) or found.words[match.last + 1] in FUNCTION_WORDS


def _institution(found: _Words, at: int) -> int:
    """How many words before ``at`` name the institution: 2 for وزارة الخارجية, 0 where none does."""
    for count in range(min(2, at), 0, -1):
        joined = all(found.joined(index) for index in range(at - count, at))
        if joined and _INSTITUTION.fullmatch(found.words[at - count]):
            return count
    return 0


def _mention(sense: Sense, found: _Words, match: Match, free: int) -> list[Mention]:
    """The mention, with the institution before a demonym and without the title before a name."""
    sort, actor, skip = sense
    if not actor:
        return []
    first = match.first - (_institution(found, match.first) if sort == "demonyms" else 0)
    if free <= first < match.first:
        fused = found.words[first].startswith("لل")
        cut = 0 if fused else _proclitic(found.words[first])
        return [Mention(actor, *found.span(first, match.last, cut))]
    return [Mention(actor, *found.span(match.first + skip, match.last, 0 if skip else match.cut))]


def _proclitic(word: str) -> int:
    """The letters of proclitic before an institution's name."""
    return next(
        (cut for cut in (0, 1, 2) if _INSTITUTION.match(word[cut:]) and word[cut:].startswith("ال")), 0
    )
