"""NewsMTSC: English news sentences with sentiment toward the persons they name (Hamborg and Donnay, 2021)."""

from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.published import folder_of, label_of
from training.data.records import Record, records
from training.schema import EXAMPLES, check_row, table

SOURCE = "github.com/fhamborg/NewsMTSC"
STANCE = {2.0: "against", 4.0: "neutral", 6.0: "favor"}


def newsmtsc(path: str | None = None, test: str = "rw") -> Dataset:
    """EXAMPLES whose test part is ``rw`` (as met in the world) or ``mt`` (several targets a sentence).

    Articles are told by the id's first three fields.
    """
    folder = folder_of("newsmtsc", path, SOURCE)
    files = {"train": "train.jsonl", "test": f"devtest_{test}.jsonl"}
    return table((row for part, file in files.items() for row in _rows(folder / file, part)), EXAMPLES)


def _rows(file: Path, part: str) -> Iterator[Record]:
    for where, record in records(file):
        for target in record["targets"]:
            example = {
                "article_id": "_".join(record["primary_gid"].split("_")[:3]),
                "sentence_id": record["primary_gid"],
                "sentence": record["sentence_normalized"],
                "actor": target["mention"],
                "mentions": [{"start": target["from"], "end": target["to"]}],
                "stance": label_of(target["polarity"], STANCE, "polarity", where),
                "source": "newsmtsc",
                "part": "test" if part == "test" else None,
            }
            yield check_row(example, EXAMPLES, where)
