"""The sources of the annotated news as their authors publish them -> texts, by source and record."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pandas as pd

from training.data.records import text_of
from training.schema import InputError

#: What each is, where it is to be had, and under which licence.
SOURCES = {
    "checkthat25": "CheckThat! 2025 task 1, Arabic (gitlab.com/checkthat_lab/clef2025-checkthat-lab)",
    "armpro": "ArMPro (Hugging Face QCRI/ArMPro)",
    "saudinewsnet": "SaudiNewsNet 2015 (github.com/inparallel/SaudiNewsNet)",
}
LICENCE = "CC BY-NC-SA 4.0"
Record = tuple[str, str, str]  # source, id of the record in it, text


def source_texts(folder: Path) -> dict[tuple[str, str], list[str]]:
    """(source, record) -> its texts, white space folded, from every file of the sources below ``folder``.

    CheckThat!: ``*_ar*.tsv`` (sentence_id, sentence); ArMPro: ``.json`` or ``.jsonl`` (paragraph_id, text);
    SaudiNewsNet: ``YYYY-MM-DD.zip`` or ``.json`` (a list of articles with content). Raises InputError where
    none of them is there, and for a file that is broken.
    """
    readers = {".tsv": _checkthat, ".json": _json, ".jsonl": _json, ".zip": _zip}
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("*")):
        for source, name, text in readers[file.suffix](file) if file.suffix in readers else ():
            texts[source, name].append(" ".join(text.split()))
    if not texts:
        raise InputError(f"{folder}: files of {', '.join(SOURCES.values())} must be there, found none")
    return texts


def _checkthat(file: Path) -> Iterator[Record]:
    """Both readings of a cell that holds quotation marks, for the files quote some and not others."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            frame = pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False, quoting=quoting)
        except (pd.errors.ParserError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: must be UTF-8 TSV, found a broken file ({error})") from None
        if {"sentence_id", "sentence"} <= set(frame):
            for row in frame[["sentence_id", "sentence"]].itertuples(index=False):
                yield "checkthat25", *row


def _json(file: Path) -> Iterator[Record]:
    return _records(text_of(file), file.stem, str(file))


def _zip(file: Path) -> Iterator[Record]:
    try:
        with ZipFile(file) as archive:
            for name in (name for name in archive.namelist() if name.endswith(".json")):
                text = archive.read(name).decode("utf-8-sig")
                yield from _records(text, Path(name).stem, f"{file}, {name}")
    except (BadZipFile, UnicodeDecodeError) as error:
        raise InputError(f"{file}: must be a ZIP file of UTF-8 JSON, found a broken one ({error})") from None


def _records(text: str, stem: str, where: str) -> Iterator[Record]:
    """A list, or an object a line. Articles are numbered in their file, from 0 or 1: the digest decides."""
    try:
        found = json.loads(text) if text.lstrip()[:1] == "[" else list(map(json.loads, text.splitlines()))
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: must be JSON, found broken JSON ({error})") from None
    for number, record in enumerate(found):
        if "paragraph_id" in record:
            yield "armpro", record["paragraph_id"], record["text"]
        elif "content" in record:
            for name in (number, number + 1):
                yield "saudinewsnet", f"{stem}:{name}", record["content"]


def sentence_in(texts: list[str], label: dict[str, Any]) -> str | None:
    """The labelled sentence in one of the texts, sought from the label's ``start`` outward, or None."""
    start, length = label["start"], label["end"] - label["start"]
    for text in texts:
        places = range(max(len(text) - length, 0) + 1)
        for place in sorted(places, key=lambda place: abs(place - start)):
            if digest(text[place : place + length]) == label["digest"]:
                return text[place : place + length]
    return None


def digest(sentence: str) -> str:
    """What tells that a sentence is the one that was labelled."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:32]
