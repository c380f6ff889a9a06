"""The gazetteer's YAML files -> forms of actors, checked."""

import re
from pathlib import Path
from typing import Any

import yaml

from training.schema import InputError
from training.text import normalise, words

BUNDLED = Path(__file__).parents[1] / "corpus" / "gazetteer"
TYPES = frozenset("person state government party armed_group army body company media movement people".split())
#: The keys of an entry that hold forms; a form under two of them keeps the first.
KEYS = ("name", "aliases", "metonyms", "capital", "demonyms", "weak")

#: The sorts that name an actor fully, and so make its weak forms known.
SAFE = ("safe", "place")

#: What a form means: its sort, its actor, and how many words of title stand in it before the mention.
#: Sorts: safe, place (a state by its name), metonyms, capital, demonyms, weak, guard (nobody, actor "").
Sense = tuple[str, str, int]
Forms = dict[str, list[Sense]]

_TITLE = re.compile(
    r"(?:ال)?(?:رييس|رييسه|وزير|وزيره|امير|اميره|ملك|ملكه|شيخ|سلطان|جنرال|عقيد|مشير|لواء|فريق|عميد|سيد|سيده|دكتور"
    r"|دكتوره|قايد|امام|مرشد|بابا|كاردينال|مطران|مفتي|نايب|سيناتور|سفير|مستشار|مستشاره|زعيم|مهندس|استاذ|حاج|ايه|الله"
    r"|راحل|سابق|مخلوع|معزول|دكتاتور|طاغيه|انقلابي|متمرد|ارهابي|شهيد|مجاهد|مناضل|ولي|العهد|اول|ركن|عام)"
)


def read_forms(path: str | None = None) -> Forms:
    """The bundled forms, and those of a user's YAML file ``path`` beside them.

    Raises InputError where an entry is broken, a name stands twice or a safe form has two actors.
    """
    files = [*sorted(BUNDLED.glob("*.yaml")), *([Path(path)] if path else [])]
    forms: Forms = {form_of(line): [("guard", "", 0)] for line in _guards()}
    where: dict[str, str] = {}
    for file in files:
        for number, entry in enumerate(_entries(file), 1):
            place = f"{file}, entry {number}"
            _check(entry, place)
            if entry["name"] in where:
                raise InputError(
                    f"{place}: a name must stand once, found {entry['name']} also in {where[entry['name']]}"
                )
            where[entry["name"]] = place
            _add(entry, forms, place)
    return forms


def form_of(text: str) -> str:
    """A form as it is looked up: normalised words, one space apart.

    >>> form_of("حركة «النهضة»")
    'حركه النهضه'
    """
    plain = normalise(text)
    return " ".join(plain[start:end] for start, end in words(plain))


def _guards() -> list[str]:
    return [line for line in (BUNDLED / "guards.txt").read_text("utf-8").splitlines() if line.strip()]


def _entries(file: Path) -> list[Any]:
    try:
        entries = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    except OSError:
        raise InputError(f"{file}: a gazetteer file must be there, found none") from None
    except yaml.YAMLError as error:
        raise InputError(f"{file}: must be YAML, found {' '.join(str(error).split())}") from None
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{file}: must be a list of actors, found {type(entries).__name__}")
    return entries


def _check(entry: Any, place: str) -> None:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise InputError(f"{place}: must have a name, found {entry!r}")
    unknown = set(entry) - {"type", "country", *KEYS}
    if unknown:
        raise InputError(
            f"{place}: keys must be type, country, {', '.join(KEYS)}, found {', '.join(unknown)}"
        )
    if entry.get("type") not in TYPES:
        raise InputError(
            f"{place}: type must be one of {', '.join(sorted(TYPES))}, found {entry.get('type')!r}"
        )


def _add(entry: dict[str, Any], forms: Forms, place: str) -> None:
    """Add an entry's forms; a safe form that has an actor already is refused."""
    own = _sorts(entry)
    for form, sort in own.items():
        senses = [sense for sense in forms.get(form, []) if sense[0] != "guard"]
        taken = [actor for other, actor, _ in senses if other in SAFE]
        if taken and sort in SAFE:
            raise InputError(
                f"{place}: a form must have one actor, found {form} also under {taken[0]}; make it weak"
            )
        forms[form] = [*senses, (sort, entry["name"], _title_words(form, own))]


def _sorts(entry: dict[str, Any]) -> dict[str, str]:
    """The entry's forms, each with its sort."""
    demonyms = {form_of(demonym) for demonym in entry.get("demonyms", [])}
    sorts: dict[str, str] = {}
    for key in KEYS:
        listed = entry.get(key, [])
        for form in map(form_of, [listed] if isinstance(listed, str) else listed):
            if key in ("name", "aliases"):
                governs = entry["type"] != "state" or demonyms & set(form.split())
                sorts.setdefault(form, "safe" if governs else "place")
            else:
                sorts.setdefault(form, key)
    return sorts


def _title_words(form: str, own: dict[str, str]) -> int:
    """How many words of title or epithet stand before another of the actor's own forms: 1 in الرئيس مبارك."""
    found = form.split()
    for count in range(1, len(found)):
        if not _TITLE.fullmatch(found[count - 1]):
            return 0
        if " ".join(found[count:]) in own:
            return count
    return 0
