"""What the words around a state's name make of it: an actor, a place, or a person's title.

Which words they are was counted on the labels of the composed articles and of the real sentences given for
training: after في one state in four is an actor, elsewhere four in five.
"""

import re

from training.actors.words import Words
from training.text import FUNCTION_WORDS, bare_words

_IN = re.compile(r"في|داخل|مطار|(?:شمال|جنوب|شرق|غرب)ي?")
_AT = re.compile(
    r"(?:ال)?(?:في|الي|شمال|جنوب|شرق|غرب|شرقي|غربي|مطار|عاصمه|مدينه|قمه|مرفا|ميناء|قلعه|محادثات|اهل|شوارع|فنادق|باب"
    r"|موتمر|لقاء|اتفاق|قرب|وسط|ضواحي|محيط)"
)
#: Words for a state's institutions: with the adjective behind them they name the state.
_INSTITUTION = re.compile(
    r"(?:ال)?(?:حكومه|سلطات|رياسه|خارجيه|وزاره|وزير|رييس|قوات|جيش|شرطه|سفاره|سفير|اداره|جانب|وفد|مسوول|مسوولون"
    r"|مسوولين|برلمان|قياده|بعثه|مندوب|قضاء|جنود|نظام|دوله|دبلوماسيه|دبلوماسي|دبلوماسيون|دبلوماسيين|استخبارات|مخابرات"
    r"|بحريه|طيران|مبعوث|وسيط|قنصليه|بنتاغون|دفاع|داخليه|خزانه|اجهزه|احتلال|مفاوض|مفاوضون|مفاوضين|كرملين)"
)
#: Words for a state's deeds: behind them the adjective alone names the state.
_DEED = re.compile(
    r"(?:ال)?(?:موقف|دعم|شعب|سياسه|سياسات|قرار|ضربات|غارات|غاره|قصف|عدوان|عقوبات|نفوذ|وساطه|تدخل|تدخلات|مساعدات"
    r"|هجمات|ضغوط|ضغط|خطوه|هيمنه|مشروع|مساعي|جهود|رعايه|تمويل|حصار|توسع|اطماع|مقاتلات|طايرات|مسيرات)"
)
#: Offices: with the adjective and a name behind them they are that person's title, not the state.
_OFFICE = re.compile(r"(?:ال)?(?:رييس|وزير|سفير|مندوب|مبعوث|مسوول|دبلوماسي|وسيط|مفاوض)")
_PEOPLE = re.compile(r"\w{3,}(?:ون|ين)")


def is_place(sentence: Words, at: int) -> bool:
    """Whether a state's name at word ``at`` is only where something happens."""
    return _cut(_IN, sentence.before(at)) is not None


def is_city(sentence: Words, first: int, last: int, cut: int) -> bool:
    """Whether a capital is only where something happens: after such a word, after بـ, or as a dateline."""
    dateline = first == 0 and sentence.after(last)[:1] in tuple("(/-–—:،,")
    attached = sentence.words[first][:cut]
    return attached.endswith("ب") or dateline or _cut(_AT, sentence.before(first)) is not None


def speaks_for_state(sentence: Words, first: int, last: int) -> bool:
    """Whether an adjective stands for the state: its people, or behind an institution or a deed of it."""
    if _PEOPLE.fullmatch(sentence.words[last]) or _cut(_DEED, sentence.before(first)) is not None:
        return True
    count, _ = institution(sentence, first)
    if not count or _cut(_OFFICE, sentence.words[first - count]) is None:
        return count > 0
    return not sentence.joined(last) or sentence.words[last + 1] in FUNCTION_WORDS


def institution(sentence: Words, at: int) -> tuple[int, int]:
    """How many words before ``at`` name an institution (وزارة الخارجية: 2), and its proclitic's letters."""
    for count in range(min(2, at), 0, -1):
        joined = all(sentence.joined(index) for index in range(at - count, at))
        cut = _cut(_INSTITUTION, sentence.words[at - count])
        if joined and cut is not None:
            return count, cut
    return 0, 0


def _cut(pattern: re.Pattern[str], word: str) -> int | None:
    """The letters of proclitic before a word of the pattern; None where it is none."""
    return next((cut for bare, cut in bare_words(word) if pattern.fullmatch(bare)), None)
