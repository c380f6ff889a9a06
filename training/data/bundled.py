"""The project's own articles and contrast sets -> EXAMPLES and SENTENCES."""

from collections.abc import Iterator
from pathlib import Path

from datasets import Dataset

from training.data.examples import spans_of
from training.data.records import Record, records
from training.schema import check_row, table

CORPUS = Path(__file__).parents[1] / "corpus"


def bundled(contrast: bool = True, task: str = "stance") -> Dataset:
    """The project's own articles: EXAMPLES, or for sentiment SENTENCES, those without actors too.

    Contrast sets, where wanted, belong to the train part.
    """
    read = _examples if task == "stance" else _sentences
    return table((row for where, group in _groups(contrast) for row in read(group, where)), task)


def _groups(contrast: bool) -> Iterator[tuple[str, Record]]:
    """The corpus's articles, then its contrast sets in the form of articles, with their places."""
    for path in sorted((CORPUS / "articles").glob("*.jsonl")):
        for where, article in records(path):
            yield where, {**article, "source": "bundled", "part": None}
    if contrast:
        for where, group in records(CORPUS / "contrast.jsonl"):
            name = group["set_id"]
            yield where, {**group, "article_id": name, "event": name, "source": "contrast", "part": "train"}


_OF_ARTICLE = (
    "article_id",
    "event",
    "outlet",
    "register",
    "leaning",
    "toward",
    "published",
    "source",
    "part",
)


def _sentences(article: Record, where: str) -> Iterator[Record]:
    shared = {column: article.get(column) for column in _OF_ARTICLE}
    for position, sentence in enumerate(article["sentences"]):
        own = {
            "sentence_id": f"{article['article_id']}-{position}",
            "sentence": sentence["text"],
            "sentiment": sentence["sentiment"],
            "kind": sentence["kind"],
            "position": position,
        }
        yield check_row({**shared, **own}, "sentiment", f"{where}, sentence {position}")


def _examples(article: Record, where: str) -> Iterator[Record]:
    for row, sentence in zip(_sentences(article, where), article["sentences"], strict=True):
        place = f"{where}, sentence {row['position']}"
        for pair in sentence["actors"]:
            spans = {
                column: spans_of(pair[column], row["sentence"], f"{place}, {column}")
                for column in ("mentions", "evidence")
            }
            yield check_row({**row, **pair, **spans}, "stance", place)
