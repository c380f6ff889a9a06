"""Labels of real Arabic news, shipped without the text, joined with it -> EXAMPLES."""

import os
from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.bundled import CORPUS
from training.data.news_sources import LICENCE, SOURCES, digest, sentence_in, source_texts
from training.data.records import Record, records
from training.schema import InputError, check_row, table

LABELS = CORPUS / "annotated_news" / "labels.jsonl"


def annotated_news(path: str | None = None) -> Dataset:
    """EXAMPLES of real news: the project's labels joined with their sentences.

    ``path`` is a .jsonl, .csv or .parquet file with sentence_id and sentence, or a folder that holds the
    three sources as their authors publish them; None: arabic_news_actors/train.jsonl, or the folder
    annotated_news, in the folder that STANCE_DATA names. The text is not part of the project (see SOURCES).
    Raises InputError for a sentence that is not there or is not, to the letter, the one that was labelled.
    """
    place = _place(path)
    texts = _folder_texts(place) if place.is_dir() else _file_texts(place)
    return table((row for where, record in records(LABELS) for row in _rows(record, texts, where)), "stance")


def _place(path: str | None) -> Path:
    home = os.environ.get("STANCE_DATA")
    if path is None and home is None:
        raise InputError(
            "data=annotated_news: the sentences must be given by data.path or by STANCE_DATA, found neither;"
            f" they are of {', '.join(SOURCES.values())}, each under {LICENCE}"
        )
    if path is None and (Path(str(home)) / "annotated_news").is_dir():
        return Path(str(home)) / "annotated_news"
    return Path(path or Path(str(home)) / "arabic_news_actors" / "train.jsonl")


def _folder_texts(folder: Path) -> dict[str, str | None]:
    """sentence_id -> the labelled sentence, wherever it stands in its record; None: not there."""
    texts = source_texts(folder)
    labels = (label for _, label in records(LABELS))
    return {
        label["sentence_id"]: sentence_in(texts.get((label["source"], label["source_id"]), []), label)
        for label in labels
    }


def _file_texts(file: Path) -> dict[str, str | None]:
    """sentence_id -> sentence of a file."""
    texts: dict[str, str | None] = {}
    for where, record in records(file):
        for column in ("sentence_id", "sentence"):
            if not isinstance(record.get(column), str):
                raise InputError(f"{where}: {column} must be given as text, found {record.get(column)!r}")
        texts[record["sentence_id"]] = record["sentence"]
    return texts


def _rows(record: Record, texts: dict[str, str | None], where: str) -> Iterator[Record]:
    sentence = texts.get(record["sentence_id"])
    if sentence is None or digest(sentence) != record["digest"]:
        raise InputError(
            f"sentence {record['sentence_id']}: must be the labelled one of {SOURCES[record['source']]},"
            f" record {record['source_id']}, found {'none' if sentence is None else 'another text'}"
        )
    for pair in record["actors"]:
        holder = pair["holder"] and sentence[pair["holder"]["start"] : pair["holder"]["end"]]
        row = {**record, **pair, "sentence": sentence, "holder": holder}
        yield check_row(row, "stance", where)
