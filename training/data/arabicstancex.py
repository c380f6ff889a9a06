"""ArabicStanceX: Arabic tweets with stance toward 17 topics (Alkhathlan et al., 2025)."""

import json
from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.published import folder_of, label_of, must_be_given, must_have
from training.data.records import Record, text_of
from training.schema import InputError, check_row, table

SOURCE = "github.com/AliAlkhathlan/ArabicStanceX"
STANCE = {"Against": "against", "Favor": "favor", "None": "neutral"}


def arabicstancex(path: str | None = None) -> Dataset:
    """EXAMPLES of the official test part, and of the training files, to be split into train and validation.

    The topic, which the file's name tells, is the actor; mentions are empty.
    """
    folder = must_be_given(folder_of("arabicstancex", path), "arabicstancex", SOURCE) / "Stance_task"
    return table((row for part in ("train", "test") for row in _part(folder / part)), "stance")


def _part(folder: Path) -> Iterator[Record]:
    files = sorted(folder.glob("*/*.json"))
    if not files:
        raise InputError(f"{folder}: a .json file a topic must be there, found none")
    for file in files:
        yield from _rows(file, folder.name)


def _rows(file: Path, part: str) -> Iterator[Record]:
    try:
        columns = json.loads(text_of(file))
    except json.JSONDecodeError as error:
        raise InputError(f"{file}: must be JSON, found broken JSON ({error})") from None
    must_have(columns, ("text", "stance"), str(file))
    for number, text in columns["text"].items():
        where = f"{file}, row {number}"
        example = {
            "article_id": f"arabicstancex-{file.stem}-{part}-{number}",
            "sentence_id": f"arabicstancex-{file.stem}-{part}-{number}",
            "sentence": text.strip(),
            "actor": file.stem.replace("_", " "),
            "mentions": [],
            "stance": label_of(columns["stance"].get(number), STANCE, "stance", where),
            "source": "arabicstancex",
            "part": "test" if part == "test" else None,
        }
        yield check_row(example, "stance", where)
