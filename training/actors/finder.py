"""Forms -> mentions in sentences: longest match, word boundaries, proclitics, the context of a state."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.actors.context import institution, is_city, is_place, speaks_for_state
from training.actors.forms import SAFE, Forms, Sense, form_of
from training.actors.words import Words
from training.text import bare_words


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
        return [self._find(Words(sentence), named) for sentence in sentences]

    def mentions(self, sentence: str, actor: str) -> list[tuple[int, int]]:
        """The spans that name one given actor, by its listed forms or, where it is not listed, its name.

        >>> Gazetteer({}).mentions("وقال سعيد: لسعيد رأي", "سعيد")
        [(5, 9), (12, 16)]
        """
        own = {form: [s for s in self.forms[form] if s[1] == actor] for form in self.by_actor.get(actor, [])}
        alone = Gazetteer(own or {form_of(actor): [("safe", actor, 0)]})
        found, at, spans = Words(sentence), 0, []
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

    def _find(self, found: Words, named: list[str]) -> list[Mention]:
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

    def _matches(self, found: Words, at: int) -> Iterator[Match]:
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


_NOBODY: Sense = ("guard", "", 0)


def _meant(senses: list[Sense], found: Words, match: Match, named: list[str]) -> Sense | None:
    """What a form means here; None where it means none of its actors, and a shorter form may."""
    for sense in senses:
        sort, actor, _ = sense
        if sort in SAFE:
            if actor in named:
                named.remove(actor)
            named.append(actor)
            return _NOBODY if sort == "place" and is_place(found, match.first) else sense
        if sort in ("metonyms", "capital") and not is_city(found, match.first, match.last, match.cut):
            return sense
        if sort == "demonyms" and speaks_for_state(found, match.first, match.last):
            return sense
    weak = [sense for sense in senses if sense[0] == "weak" and sense[1] in named]
    if weak:
        return max(weak, key=lambda sense: named.index(sense[1]))
    return _NOBODY if _NOBODY in senses else None


def _mention(sense: Sense, found: Words, match: Match, free: int) -> list[Mention]:
    """The mention, with the institution before a demonym and without the title before a name."""
    sort, actor, skip = sense
    if not actor:
        return []
    if sort == "demonyms":
        count, cut = institution(found, match.first)
        if count and match.first - count >= free:
            return [Mention(actor, *found.span(match.first - count, match.last, cut))]
    return [Mention(actor, *found.span(match.first + skip, match.last, 0 if skip else match.cut))]
