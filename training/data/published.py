"""Where the published data sets lie, on this machine or on the Hub, and how their tables are read."""

import logging
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from datasets import load_dataset
from datasets.exceptions import DatasetsError

from training.data.records import csv_frame
from training.schema import InputError

Rows = Iterator[tuple[str, dict[str, Any]]]


def folder_of(name: str, path: str | None) -> Path | None:
    """A set's folder: ``path``, or the one of its ``name`` in the folder that STANCE_DATA names.

    None where neither is given. Raises InputError where the folder is not there.
    """
    home = os.environ.get("STANCE_DATA")
    folder = Path(path) if path else Path(home) / name if home else None
    if folder is not None and not folder.is_dir():
        found = "a file" if folder.is_file() else "none"
        raise InputError(f"{folder}: the folder of {name} must be there, found {found}")
    return folder


def must_be_given(folder: Path | None, name: str, source: str) -> Path:
    """The folder. Raises InputError for None, with the ``source`` where the set is to be had."""
    if folder is None:
        raise InputError(
            f"data={name}: its folder must be given by data.path or lie in the folder that STANCE_DATA names,"
            f" found neither; the set is to be had from {source}"
        )
    return folder


def hub_parts(name: str, config: str | None = None, revision: str | None = None) -> dict[str, Rows]:
    """Part -> its rows with their places, of a data set on the Hugging Face Hub.

    Raises InputError where the Hub does not give it.
    """
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # its retries are told by our one sentence
    print(f"asking the Hugging Face Hub for {name}", file=sys.stderr)
    try:
        parts = load_dataset(name, config, revision=revision)
    except (DatasetsError, OSError, ValueError, RuntimeError) as error:
        raise InputError(
            f"{name}: the Hugging Face Hub must give it, found {str(error).splitlines()[0]};"
            " give the set's folder by data.path or STANCE_DATA"
        ) from None
    return {str(part): _placed(rows, f"{name}, {part}") for part, rows in parts.items()}


def _placed(rows: Iterable[dict[str, Any]], where: str) -> Rows:
    return ((f"{where}, row {number}", row) for number, row in enumerate(rows, 1))


def table_rows(file: Path, columns: tuple[str, ...], separator: str = ",") -> Rows:
    """The rows of a set's CSV file with their places, empty cells as "".

    Raises InputError for a missing file and for one of another version, which lacks a column.
    """
    frame = csv_frame(file, separator)
    must_have(frame.columns, columns, str(file))
    return _placed(frame.to_dict("records"), str(file))


def must_have(found: Iterable[Any], columns: tuple[str, ...], where: str) -> None:
    """Refuse what lacks a column: a file of another version."""
    missing = [column for column in columns if column not in found]
    if missing:
        raise InputError(f"{where}: column {missing[0]} must be there, found {', '.join(map(str, found))}")


def label_of(given: Any, labels: dict[Any, str], column: str, where: str) -> str:
    """The contract's word for a set's own label. Raises InputError for one the set should not hold."""
    if given not in labels:
        known = ", ".join(map(repr, labels))
        raise InputError(f"{where}: {column} must be one of {known}, found {given!r}")
    return labels[given]
