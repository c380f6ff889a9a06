"""RuSentNE: Russian news sentences with sentiment toward the entities they name (Golubev et al., 2023)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.published import folder_of, label_of, must_be_given, table_rows
from training.data.records import Record
from training.schema import check_row, table

SOURCE = "github.com/dialogue-evaluation/RuSentNE-evaluation"
STANCE = {"-1": "against", "0": "neutral", "1": "favor"}
COLUMNS = ("sentence", "entity", "entity_pos_start_rel", "entity_pos_end_rel", "label")


def rusentne(path: str | None = None) -> Dataset:
    """EXAMPLES whose test part is the official labelled validation file; its final test has no labels.

    The sentence is the article, for the files name none: 1,463 sentences stand in both with other entities.
    """
    folder = must_be_given(folder_of("rusentne", path), "rusentne", SOURCE)
    files = {"train": "train_data.csv", "test": "validation_data_labeled.csv"}
    return table((row for part, file in files.items() for row in _rows(folder / file, part)), "stance")


def _rows(file: Path, part: str) -> Iterator[Record]:
    for where, row in table_rows(file, COLUMNS, "\t"):
        name = "rusentne-" + hashlib.sha256(row["sentence"].encode()).hexdigest()[:16]
        example = {
            "article_id": name,
            "sentence_id": name,
            "sentence": row["sentence"],
            "actor": row["entity"],
            "mentions": [{"start": row["entity_pos_start_rel"], "end": row["entity_pos_end_rel"]}],
            "stance": label_of(row["label"], STANCE, "label", where),
            "source": "rusentne",
            "part": "test" if part == "test" else None,
        }
        yield check_row(example, "stance", where)
