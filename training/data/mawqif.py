"""Mawqif: Arabic tweets with stance toward three issues, and sentiment (Alturayeif et al., 2022)."""

from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.published import folder_of, label_of, table_rows
from training.data.records import Record
from training.schema import EXAMPLES, check_row, table

SOURCE = "github.com/NoraAlt/Mawqif-Arabic-Stance"
FILES = {"train": "Mawqif_AllTargets_Train.csv", "test": "Mawqif_AllTargets_Test.csv"}
STANCE = {"Against": "against", "Favor": "favor", "None": "neutral"}
SENTIMENT = {"Negative": "negative", "Neutral": "neutral", "Positive": "positive", "": None}


def mawqif(path: str | None = None) -> Dataset:
    """EXAMPLES of the official test part, and of the training file, to be split into train and validation.

    The issue is the actor; tweets rarely name it, so mentions are empty.
    """
    folder = folder_of("mawqif", path, SOURCE)
    return table((row for part in FILES for row in _rows(folder, part)), EXAMPLES)


def _rows(folder: Path, part: str) -> Iterator[Record]:
    for where, row in table_rows(folder / FILES[part], ("ID", "text", "target", "stance", "sentiment")):
        example = {
            "article_id": f"mawqif-{part}-{row['ID']}",
            "sentence_id": f"mawqif-{part}-{row['ID']}",
            "sentence": row["text"].strip(),
            "actor": row["target"],
            "mentions": [],
            "stance": label_of(row["stance"], STANCE, "stance", where),
            "sentiment": SENTIMENT.get(row["sentiment"]),
            "source": "mawqif",
            "part": "test" if part == "test" else None,
        }
        yield check_row(example, EXAMPLES, where)
