"""ArSarcasm-v2: Arabic tweets with sentiment (Abu Farha, Zaghouani and Magdy, 2021)."""

from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.published import folder_of, label_of, must_be_given, table_rows
from training.data.records import Record
from training.schema import check_row, table

SOURCE = "github.com/iabufarha/ArSarcasm-v2"
FILES = {"train": "training_data.csv", "test": "testing_data.csv"}
SENTIMENT = {"NEG": "negative", "NEU": "neutral", "POS": "positive"}


def arsarcasm_v2(path: str | None = None) -> Dataset:
    """SENTENCES of the official test part, and of the training file, to be split into train and validation.

    The tweet is the sentence and the article.
    """
    folder = must_be_given(folder_of("arsarcasm_v2", path), "arsarcasm_v2", SOURCE)
    return table((row for part in FILES for row in _rows(folder / FILES[part], part)), "sentiment")


def _rows(file: Path, part: str) -> Iterator[Record]:
    for number, (where, row) in enumerate(table_rows(file, ("tweet", "sentiment"))):
        sentence = {
            "article_id": f"arsarcasm_v2-{part}-{number}",
            "sentence_id": f"arsarcasm_v2-{part}-{number}",
            "sentence": row["tweet"].strip().strip('"'),
            "sentiment": label_of(row["sentiment"], SENTIMENT, "sentiment", where),
            "source": "arsarcasm_v2",
            "part": "test" if part == "test" else None,
        }
        yield check_row(sentence, "sentiment", where)
