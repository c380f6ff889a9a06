"""Where the published data sets lie, and how their tables are read."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from training.schema import InputError


def folder_of(name: str, path: str | None, source: str) -> Path:
    """A set's folder: ``path``, or the one of its ``name`` in the folder that STANCE_DATA names.

    Raises InputError, with the ``source`` where the set is to be had, where it is not there.
    """
    home = os.environ.get("STANCE_DATA")
    folder = Path(path) if path else Path(home) / name if home else None
    if folder is None or not folder.is_dir():
        found = "no path" if folder is None else f"no folder {folder}"
        raise InputError(
            f"data={name}: its folder must be given by data.path or lie in the folder that STANCE_DATA names,"
            f" found {found}; the set is to be had from {source}"
        )
    return folder


def table_rows(
    file: Path, columns: tuple[str, ...], separator: str = ","
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a set's CSV file with their places, empty cells as "".

    Raises InputError for a missing file and for one of another version, which lacks a column.
    """
    if not file.is_file():
        raise InputError(f"{file}: a file of the set must be there, found none")
    frame = pd.read_csv(file, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [column for column in columns if column not in frame]
    if missing:
        raise InputError(f"{file}: column {missing[0]} must be there, found {', '.join(frame.columns)}")
    for number, row in enumerate(frame.to_dict("records"), 1):
        yield f"{file}, row {number}", {str(key): value for key, value in row.items()}


def label_of(given: Any, labels: dict[Any, str], column: str, where: str) -> str:
    """The contract's word for a set's own label. Raises InputError for one the set should not hold."""
    if given not in labels:
        known = ", ".join(map(repr, labels))
        raise InputError(f"{where}: {column} must be one of {known}, found {given!r}")
    return labels[given]
