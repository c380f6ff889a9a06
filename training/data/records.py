"""Records of .jsonl, .csv and .parquet files, in and out, with the words that name each one's place."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
from datasets import Dataset
from pyarrow import ArrowInvalid

from training.schema import InputError

Record = dict[str, Any]


def records(path: str | Path) -> Iterator[tuple[str, Record]]:
    """Each record of a .jsonl, .csv or .parquet file with the words that name its place, for messages.

    Empty cells are None. Raises InputError for a file that is missing, empty, of another kind or broken.
    """
    path = _there(path)
    readers = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet}
    if path.suffix not in readers:
        raise InputError(
            f"{path}: the file must end in {', '.join(readers)}, found {path.suffix or 'no ending'}"
        )
    empty = True
    for found in readers[path.suffix](path):
        empty = False
        yield found
    if empty:
        raise InputError(f"{path}: at least one record must be there, found an empty file")


def text_of(path: str | Path) -> str:
    """The text of a UTF-8 file. Raises InputError where it is missing, empty or not UTF-8, with the line."""
    path = _there(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, found = raw.count(b"\n", 0, error.start) + 1, raw[error.start]
        raise InputError(f"{path}, line {line}: must be UTF-8 text, found the byte {found:#x}") from None
    if not text.strip():
        raise InputError(f"{path}: must hold text, found an empty file")
    return text


def _there(path: str | Path) -> Path:
    path = Path(path)
    if not path.is_file():
        found = "a folder" if path.is_dir() else "none"
        raise InputError(f"{path}: a file must be there, found {found}; give the path of an existing file")
    return path


def csv_frame(path: Path, separator: str = ",") -> pd.DataFrame:
    """A CSV file as text, empty cells as "". Raises InputError where it is broken."""
    try:
        return pd.read_csv(StringIO(text_of(path)), sep=separator, dtype=str, keep_default_na=False)
    except pd.errors.ParserError as error:
        raise InputError(f"{path}: must be CSV with a header, found a broken file ({error})") from None


def _jsonl(path: Path) -> Iterator[tuple[str, Record]]:
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if line.strip():
            where = f"{path}, line {number}"
            yield where, _object(line, where)


def _object(line: str, where: str) -> Record:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: must be one JSON object, found broken JSON ({error})") from None
    if not isinstance(record, dict):
        raise InputError(f"{where}: must be one JSON object, found {type(record).__name__}")
    return record


def _csv(path: Path) -> Iterator[tuple[str, Record]]:
    frame = csv_frame(path)
    for number, row in enumerate(frame.to_dict("records"), 1):
        where = f"{path}, row {number}"
        yield where, {str(column): _cell(str(column), value, where) for column, value in row.items()}


def _cell(column: str, value: str, where: str) -> Any:
    if value == "":
        return None
    if column in ("mentions", "evidence"):
        if not value.lstrip().startswith("["):
            return [value]
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise InputError(f"{where}: {column} must be a JSON list, found {value!r}") from None
    return int(value) if column == "position" and value.isdigit() else value


def _parquet(path: Path) -> Iterator[tuple[str, Record]]:
    try:
        rows = Dataset.from_pandas(pd.read_parquet(path), preserve_index=False)
    except (ArrowInvalid, OSError) as error:
        raise InputError(f"{path}: must be a Parquet file, found a broken one ({error})") from None
    for number, row in enumerate(rows, 1):
        yield f"{path}, row {number}", row


def write_rows(frame: pd.DataFrame, path: str | Path) -> None:
    """Write rows as .jsonl, .csv (lists as JSON) or .parquet, beside the file first, then moved into place.

    Raises InputError for another ending or a folder that is not there.
    """
    path = Path(path)
    check_output(path)
    beside = path.with_name(f".{path.name}.part")
    try:
        _WRITERS[path.suffix](frame, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def check_output(path: str | Path) -> None:
    """Refuse, before any work is done, a file that ``write_rows`` could not write."""
    path = Path(path)
    if path.suffix not in _WRITERS:
        raise InputError(
            f"{path}: output must end in {', '.join(_WRITERS)}, found {path.suffix or 'no ending'}"
        )
    if not path.parent.is_dir():
        raise InputError(f"{path}: the output's folder must be there, found none; make it first")


def _write_jsonl(frame: pd.DataFrame, path: Path) -> None:
    frame.to_json(path, orient="records", lines=True, force_ascii=False)


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    lists = {column: frame[column].map(_json_list) for column in ("mentions", "evidence") if column in frame}
    frame.assign(**lists).to_csv(path, index=False)


def _json_list(value: Any) -> str | None:
    """A cell of spans as JSON; None where there are none given."""
    return json.dumps(list(value), ensure_ascii=False, default=int) if hasattr(value, "__len__") else None


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False)


_WRITERS = {".jsonl": _write_jsonl, ".csv": _write_csv, ".parquet": _write_parquet}
