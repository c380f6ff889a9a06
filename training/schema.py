"""The data contract: labels, columns, what each table must hold, and the check at the door."""

from collections.abc import Iterable, Mapping
from typing import Any

from datasets import Dataset, Features, List, Value

STANCES = ("against", "neutral", "favor")
VOICES = ("author", "attributed")
SENTIMENTS = ("negative", "neutral", "positive")
KINDS = ("headline", "body", "byline", "boilerplate")
LEANINGS = ("for", "against")
PARTS = ("train", "validation", "test")
LABELS = {
    "stance": STANCES,
    "voice": VOICES,
    "sentiment": SENTIMENTS,
    "kind": KINDS,
    "leaning": LEANINGS,
    "part": PARTS,
}

SPANS = List({"start": Value("int32"), "end": Value("int32")})

#: What a sentence carries, whichever table it stands in.
_SENTENCE = {
    "article_id": Value("string"),
    "sentence_id": Value("string"),
    "sentence": Value("string"),
    "sentiment": Value("string"),
    "kind": Value("string"),
    "position": Value("int32"),
    "event": Value("string"),
    "outlet": Value("string"),
    "register": Value("string"),
    "leaning": Value("string"),
    "toward": Value("string"),
    "published": Value("string"),
    "source": Value("string"),
    "part": Value("string"),  # where the row must go; null: the split decides
}

#: One row a sentence, those without actors too.
SENTENCES = Features(_SENTENCE)
#: One row a sentence x actor.
EXAMPLES = Features(
    {
        **_SENTENCE,
        "actor": Value("string"),
        "mentions": SPANS,
        "stance": Value("string"),
        "voice": Value("string"),
        "holder": Value("string"),
        "evidence": SPANS,
    }
)
#: What is labelled -> the table its labels stand in; a task's name is its label's column.
TASKS = {"stance": EXAMPLES, "sentiment": SENTENCES}
REQUIRED = {
    "stance": ("article_id", "sentence_id", "sentence", "actor", "mentions", "stance"),
    "sentiment": ("article_id", "sentence_id", "sentence", "sentiment"),
}


class InputError(ValueError):
    """What a caller gave is not what must be: one sentence that says what to do."""


def check_row(row: Mapping[str, Any], task: str, where: str) -> dict[str, Any]:
    """Return ``row`` with every column of the task's table, absent ones as None.

    ``where`` names the file and line for the message. A column that the task requires must not be null;
    a label must be one of ``LABELS``; a span must lie inside the sentence. Columns the contract does not
    know are left out.

    Raises InputError for the first thing that is wrong.

    >>> row = {"article_id": "a", "sentence_id": "a-1", "sentence": "وصل حفتر", "actor": "خليفة حفتر",
    ...        "mentions": [{"start": 4, "end": 8}], "stance": "hostile"}
    >>> check_row(row, "stance", "line 1")
    Traceback (most recent call last):
    training.schema.InputError: line 1: stance must be one of against, neutral, favor, found 'hostile'
    """
    checked = {}
    for column, feature in TASKS[task].items():
        value = row.get(column)
        if value is None:
            if column in REQUIRED[task]:
                raise InputError(f"{where}: column {column} must be given, found none")
        elif feature == SPANS:
            _check_spans(value, column, str(row.get("sentence") or ""), where)
        else:
            _check_value(value, column, feature, where)
            if column in REQUIRED[task] and not str(value).strip():
                raise InputError(f"{where}: {column} must not be empty")
        checked[column] = value
    return checked


def table(rows: Iterable[Mapping[str, Any]], task: str) -> Dataset:
    """Rows that passed ``check_row`` as a Dataset with exactly the task's columns."""
    return Dataset.from_list(list(rows), features=TASKS[task])


def _check_value(value: Any, column: str, feature: Value, where: str) -> None:
    kind = int if feature.dtype == "int32" else str
    if not isinstance(value, kind) or isinstance(value, bool):
        found = f"{value!r} ({type(value).__name__})"
        raise InputError(f"{where}: {column} must be {kind.__name__}, found {found}")
    if column in LABELS and value not in LABELS[column]:
        raise InputError(f"{where}: {column} must be one of {', '.join(LABELS[column])}, found {value!r}")


def _check_spans(spans: Any, column: str, sentence: str, where: str) -> None:
    if not isinstance(spans, list):
        raise InputError(f"{where}: {column} must be a list of {{start, end}}, found {type(spans).__name__}")
    for span in spans:
        try:
            start, end = int(span["start"]), int(span["end"])
        except (TypeError, KeyError, ValueError):
            raise InputError(f"{where}: {column} must hold {{start, end}} objects, found {span!r}") from None
        if not 0 <= start < end <= len(sentence):
            raise InputError(
                f"{where}: {column} {start}:{end} must lie inside the sentence of {len(sentence)} characters"
            )
