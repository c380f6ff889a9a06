"""Labels of real Arabic news, shipped without the text, joined with it -> EXAMPLES."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.bundled import CORPUS
from training.data.records import Record, records
from training.schema import InputError, check_row, table

LABELS = CORPUS / "annotated_news" / "labels.jsonl"
SOURCES = {
    "checkthat25": "CheckThat! 2025 task 1, Arabic",
    "armpro": "ArMPro",
    "saudinewsnet": "SaudiNewsNet 2015",
}


def annotated_news(path: str | None = None) -> Dataset:
    """EXAMPLES of real news: the project's labels joined with the sentences of ``path``.

    ``path`` is a .jsonl, .csv or .parquet file with sentence_id and sentence; None: arabic_news_actors/
    train.jsonl in the folder that STANCE_DATA names. The text (CheckThat! 2025, ArMPro, SaudiNewsNet, all
    under CC BY-NC-SA 4.0) is not part of the project. Raises InputError for a sentence that is not there
    or is not, to the letter, the one that was labelled.
    """
    texts = _texts(path)
    return table((row for where, record in records(LABELS) for row in _rows(record, texts, where)), "stance")


def digest(sentence: str) -> str:
    """What tells that a sentence is the one that was labelled."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:32]


def _texts(path: str | None) -> dict[str, str]:
    """sentence_id -> sentence."""
    home = os.environ.get("STANCE_DATA")
    if path is None and home is None:
        raise InputError(
            "data=annotated_news: the sentences must be given by data.path or by STANCE_DATA, found neither;"
            f" they are {', '.join(SOURCES.values())}, each under CC BY-NC-SA 4.0"
        )
    file = Path(path or Path(str(home)) / "arabic_news_actors" / "train.jsonl")
    texts: dict[str, str] = {}
    for where, record in records(file):
        for column in ("sentence_id", "sentence"):
            if not isinstance(record.get(column), str):
                raise InputError(f"{where}: {column} must be given as text, found {record.get(column)!r}")
        texts[record["sentence_id"]] = record["sentence"]
    return texts


def _rows(record: Record, texts: dict[str, str], where: str) -> Iterator[Record]:
    name = record["sentence_id"]
    sentence = texts.get(name)
    if sentence is None or digest(sentence) != record["digest"]:
        found = "none" if sentence is None else "another text"
        raise InputError(
            f"sentence {name}: must be the labelled one of {SOURCES[record['source']]},"
            f" {record['source_id']}, found {found}"
        )
    for pair in record["actors"]:
        holder = pair["holder"] and sentence[pair["holder"]["start"] : pair["holder"]["end"]]
        row = {**record, **pair, "sentence": sentence, "holder": holder}
        yield check_row(row, "stance", where)
