"""A second annotator's labels of the project's own sentences -> EXAMPLES and SENTENCES."""

from collections.abc import Iterator

from datasets import Dataset

from training.data.bundled import CORPUS, bundled
from training.data.examples import spans_of
from training.data.records import Record, records
from training.schema import InputError, check_row, table

SECOND = CORPUS / "second_labels.jsonl"


def second_labels(task: str = "stance", path: str = str(SECOND)) -> Dataset:
    """Labels made without sight of the first: a line a sentence, article_id, position, sentiment, actors.

    Raises InputError for a sentence that the articles do not hold, or labelled twice.
    """
    known = {row["sentence_id"]: row for row in bundled(contrast=False, task="sentiment")}
    seen: set[str] = set()
    rows: list[Record] = []
    for where, given in records(path):
        name = f"{given['article_id']}-{given['position']}"
        if name not in known or name in seen:
            told = "labelled twice" if name in seen else "no such sentence"
            raise InputError(f"{where}: must label a sentence of the articles once, found {told}: {name}")
        seen.add(name)
        rows += _read(known[name], given, task, where)
    return table(rows, task)


def _read(sentence: Record, given: Record, task: str, where: str) -> Iterator[Record]:
    shared = {**sentence, "source": "second"}
    if task == "sentiment":
        yield check_row({**shared, "sentiment": given["sentiment"]}, task, where)
        return
    for pair in given["actors"]:
        spans = {
            column: spans_of(pair[column], sentence["sentence"], f"{where}: {column}")
            for column in ("mentions", "evidence")
        }
        yield check_row({**shared, **pair, **spans}, task, where)
