"""Anyone's labelled sentences, in the contract's form -> EXAMPLES, or SENTENCES."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from datasets import Dataset, load_from_disk

from training.data.records import Record, records
from training.schema import InputError, check_row, table
from training.text import occurrences

#: A longer one is a file that lost its line ends, not a sentence.
LONGEST = 20_000


def examples(path: str | None, task: str = "stance") -> Dataset:
    """The task's table from a labelled file (.jsonl, .csv, .parquet) or a ``datasets`` folder saved to disk.

    For stance one row a sentence x actor: mentions and evidence are spans, or strings to be found in the
    sentence; in CSV, JSON, or one string. For sentiment a sentence's first row counts. Raises InputError
    with file, line and reason, also where what is labelled comes again with another label.
    """
    if path is None:
        raise InputError("data.path must be given, found none; add data.path=FILE")
    return table(_agreeing(_checked(path, task), task), task)


def spans_of(given: Any, sentence: str, where: str) -> Any:
    """Strings -> the spans of their places, in order, those inside a longer one left out; spans as they are.

    Every occurrence as a word counts. Raises InputError for a string that is nowhere in the sentence.

    >>> spans_of(["حفتر"], "قال حفتر إن لحفتر جيشا", "here")
    [{'start': 4, 'end': 8}, {'start': 13, 'end': 17}]
    """
    if not isinstance(given, list) or not all(isinstance(phrase, str) for phrase in given):
        return given
    found: set[tuple[int, int]] = set()
    for phrase in given:
        places = occurrences(sentence, phrase) if phrase else []
        if not places:
            raise InputError(
                f"{where} must be copied exactly from the sentence, found {phrase!r} nowhere in it"
            )
        found.update(places)
    outer = [s for s in found if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in found)]
    return [{"start": start, "end": end} for start, end in sorted(outer)]


def _checked(path: str, task: str) -> Iterator[tuple[str, Record]]:
    for where, row in _rows(path):
        sentence = row.get("sentence")
        if isinstance(sentence, str):
            if len(sentence) > LONGEST:
                raise InputError(
                    f"{where}: sentence must hold at most {LONGEST} characters, found {len(sentence)}"
                )
            for column in ("mentions", "evidence") if task == "stance" else ():
                row[column] = spans_of(row.get(column), sentence, f"{where}: {column}")
        yield where, check_row(row, task, where)


def _rows(path: str) -> Iterable[tuple[str, Record]]:
    if not Path(path).is_dir():
        return records(path)
    try:
        saved = load_from_disk(path)
    except (FileNotFoundError, ValueError):
        raise InputError(
            f"{path}: a file or a saved datasets folder must be there, found another folder"
        ) from None
    if not isinstance(saved, Dataset):
        return (
            (f"{path}, {part}, row {number}", {"part": part, **row})
            for part, dataset in saved.items()
            for number, row in enumerate(dataset, 1)
        )
    return ((f"{path}, row {number}", row) for number, row in enumerate(saved, 1))


def _agreeing(rows: Iterable[tuple[str, Record]], task: str) -> Iterator[Record]:
    """The rows; what is labelled again with another label is refused, a sentence's sentiment comes once."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for where, row in rows:
        labelled = row["sentence_id"], row.get("actor", "")
        again = labelled in seen
        label, first = seen.setdefault(labelled, (row[task], where))
        if label != row[task]:
            name = f"{row['actor']} in {row['sentence_id']}" if task == "stance" else row["sentence_id"]
            raise InputError(
                f"{where}: {name} must have one {task}, found {row[task]} here and {label} in {first}"
            )
        if task == "stance" or not again:
            yield row
