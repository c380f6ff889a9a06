"""NewsMTSC: English news sentences with sentiment toward the persons they name (Hamborg and Donnay, 2021)."""

from pathlib import Path

from datasets import Dataset

from training.data.published import Rows, folder_of, hub_parts, label_of, must_have
from training.data.records import Record, records
from training.schema import check_row, table

HUB = "fhamborg/news_sentiment_newsmtsc"
#: There the set itself is a script, which is not run; the Hub keeps its rows as Parquet in this branch.
REVISION = "refs/convert/parquet"
STANCE = {2.0: "against", 4.0: "neutral", 6.0: "favor"}
TARGET = ("mention", "from", "to", "polarity")
HUB_STANCE = {-1: "against", 0: "neutral", 1: "favor"}


def newsmtsc(path: str | None = None, test: str = "rw") -> Dataset:
    """EXAMPLES whose test part is ``rw`` (as met in the world) or ``mt`` (several targets a sentence).

    Articles are told by the id's first three fields. On the Hub the test file is cut into validation and
    test.
    """
    folder = folder_of("newsmtsc", path)
    rows = _hub(test) if folder is None else _files(folder, test)
    return table((check_row(row, "stance", where) for where, row in rows), "stance")


def _files(folder: Path, test: str) -> Rows:
    """The authors' form: a record a sentence, a list of targets in it."""
    for part, file in (("train", "train.jsonl"), ("test", f"devtest_{test}.jsonl")):
        for where, record in records(folder / file):
            must_have(record, ("primary_gid", "sentence_normalized", "targets"), where)
            for target in record["targets"]:
                must_have(target, TARGET, where)
                stance = label_of(target["polarity"], STANCE, "polarity", where)
                row = {"sentence_id": record["primary_gid"], "sentence": record["sentence_normalized"]}
                yield where, {**row, **_common(row["sentence_id"], target, part), "stance": stance}


def _hub(test: str) -> Rows:
    """The Hub's form: a row a target."""
    for part, rows in hub_parts(HUB, test, REVISION).items():
        for where, target in rows:
            must_have(target, ("id", "sentence", *TARGET), where)
            stance = label_of(target["polarity"], HUB_STANCE, "polarity", where)
            row = {"sentence_id": target["id"], "sentence": target["sentence"]}
            yield where, {**row, **_common(row["sentence_id"], target, part), "stance": stance}


def _common(name: str, target: Record, part: str) -> Record:
    return {
        "article_id": "_".join(name.split("_")[:3]),
        "actor": target["mention"],
        "mentions": [{"start": target["from"], "end": target["to"]}],
        "source": "newsmtsc",
        "part": None if part == "train" else part,
    }
