"""Mawqif: Arabic tweets with stance toward three issues, and sentiment (Alturayeif et al., 2022)."""

from collections.abc import Iterator

from datasets import Dataset

from training.data.published import Rows, folder_of, hub_parts, label_of, must_have, table_rows
from training.data.records import Record
from training.schema import check_row, table

HUB = "NoraAlt/Mawqif_Stance-Detection"
FILES = {"train": "Mawqif_AllTargets_Train.csv", "test": "Mawqif_AllTargets_Test.csv"}
COLUMNS = ("ID", "text", "target", "stance", "sentiment")
STANCE = {"Against": "against", "Favor": "favor", "None": "neutral", "": "neutral", None: "neutral"}
SENTIMENT = {"Negative": "negative", "Neutral": "neutral", "Positive": "positive"}


def mawqif(path: str | None = None, task: str = "stance") -> Dataset:
    """The official test part, and the training file, to be split into train and validation.

    The issue is the actor; tweets rarely name it, so mentions are empty. For sentiment one row a tweet.
    """
    return table((row for part, rows in _parts(path).items() for row in _rows(rows, part, task)), task)


def _parts(path: str | None) -> dict[str, Rows]:
    folder = folder_of("mawqif", path)
    if folder is None:
        return hub_parts(HUB)
    return {part: table_rows(folder / file, COLUMNS) for part, file in FILES.items()}


def _rows(rows: Rows, part: str, task: str) -> Iterator[Record]:
    for where, row in rows:
        must_have(row, COLUMNS, where)
        example = {
            "article_id": f"mawqif-{part}-{row['ID']}",
            "sentence_id": f"mawqif-{part}-{row['ID']}",
            "sentence": row["text"].strip(),
            "actor": row["target"],
            "mentions": [],
            "stance": label_of(row["stance"], STANCE, "stance", where),
            "sentiment": label_of(row["sentiment"], SENTIMENT, "sentiment", where),
            "source": "mawqif",
            "part": "test" if part == "test" else None,
        }
        yield check_row(example, task, where)
