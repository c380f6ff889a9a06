"""Articles -> a row a sentence x actor, with stance and evidence.  python -m training.predict --help."""

from pathlib import Path
from typing import Any

import pandas as pd
from omegaconf import DictConfig
from tqdm import tqdm

from training import tracking
from training.actors import Gazetteer
from training.command import build, command
from training.data import Record, check_output, records, text_of, write_rows
from training.schema import STANCES, InputError
from training.text import sentences

COLUMNS = (
    "article_id", "sentence_id", "start", "end", "kind", "sentence", "actor", "mentions",
    "stance", "p_against", "p_neutral", "p_favor", "evidence",
)  # fmt: skip
#: Of the whole sentence, where a champion of sentiment is registered: the label and its probability.
SENTIMENT = ("sentiment", "p_sentiment")
BATCH = 64  # articles whose rows are judged together


@command("predict")
def main(config: DictConfig) -> None:
    """Read ``input`` with the champion, or with the model of ``run``, and write ``output``."""
    check_output(config.output)
    articles = read_articles(config.input)
    tracking.connect()
    model, gazetteer = tracking.load("stance", config.run), build(config.actors)
    sentiment = tracking.load("sentiment") if tracking.champion("sentiment") else None
    batches = range(0, len(articles), BATCH)
    judged = [
        judge(
            [row for article in articles[at : at + BATCH] for row in pairs(article, gazetteer)],
            model,
            sentiment,
        )
        for at in tqdm(batches, "articles", unit_scale=BATCH, disable=None)
    ]
    rows = pd.concat(judged, ignore_index=True)
    write_rows(rows, config.output)
    print(f"{len(articles)} articles, {len(rows)} rows in {config.output}")
    print(summary(rows))


def read_articles(path: str) -> list[Record]:
    """Articles from a .txt file (one article), or from .jsonl, .csv or .parquet (article_id, text, title).

    Raises InputError with the place for a missing or empty column and for an article_id that stands twice.
    """
    if Path(path).suffix in (".txt", ""):
        return [{"article_id": Path(path).stem, "title": None, "text": text_of(path)}]
    articles: dict[str, Record] = {}
    for where, record in records(path):
        for column in ("article_id", "text"):
            if not isinstance(record.get(column), str) or not record[column].strip():
                raise InputError(f"{where}: {column} must be given as text, found {record.get(column)!r}")
        if record["article_id"] in articles:
            raise InputError(f"{where}: article_id must stand once, found {record['article_id']!r} again")
        articles[record["article_id"]] = record
    return list(articles.values())


def pairs(article: Record, gazetteer: Gazetteer) -> list[Record]:
    """The rows to judge: each actor that each sentence names; the title first, where there is one.

    Headings within the text, bylines and boilerplate are passed over.
    """
    rows = _sentences(article)
    found = gazetteer.find([row["sentence"] for row in rows])
    return [
        {**row, "actor": actor, "mentions": spans}
        for row, mentions in zip(rows, found, strict=True)
        for actor, spans in _by_actor(mentions).items()
    ]


def judge(rows: list[Record], model: Any, sentiment: Any = None) -> pd.DataFrame:
    """The rows with the model's stance, probabilities and evidence, and the sentence's sentiment."""
    columns = [*COLUMNS, *(SENTIMENT if sentiment else ())]
    frame = pd.DataFrame(rows, columns=list(COLUMNS[:8]))
    if not rows:
        return pd.DataFrame(columns=columns)
    answers = model.predict(frame[["sentence", "actor", "mentions"]])
    judged = pd.concat([frame.astype({"start": "Int64", "end": "Int64"}), answers], axis=1)
    if sentiment:
        judged = judged.merge(sentiments(frame["sentence"], sentiment), on="sentence", how="left")
    return judged[columns]


def sentiments(sentences: pd.Series, model: Any) -> pd.DataFrame:
    """One row a different sentence: its sentiment and that sentiment's probability."""
    asked = sentences.drop_duplicates().to_frame().reset_index(drop=True)
    answers = model.predict(asked)
    sure = answers.filter(like="p_").max(axis=1)
    return asked.assign(sentiment=answers["sentiment"], p_sentiment=sure)


def summary(rows: pd.DataFrame, most: int = 10) -> str:
    """The actors named most, with how often each stance was read."""
    table = pd.crosstab(rows["actor"], rows["stance"]).reindex(columns=list(STANCES), fill_value=0)
    table.insert(0, "sentences", table.sum(axis=1))
    shown = table.sort_values(["sentences", "against"], ascending=False, kind="stable").head(most)
    return str(shown.rename_axis(index=None, columns=None).to_string())


def _sentences(article: Record) -> list[Record]:
    """The sentences to judge, with their ids, places in the text and kinds."""
    text, title = article["text"], article.get("title") or ""
    found: list[tuple[int | None, int | None, str, str]]
    found = [(s.start, s.end, s.kind, text[s.start : s.end]) for s in sentences(text)]
    if title.strip():
        found = [(None, None, "headline", title.strip()), *found]
    first = next((index for index, (_, _, kind, _) in enumerate(found) if kind != "byline"), 0)
    return [
        {
            "article_id": article["article_id"],
            "sentence_id": f"{article['article_id']}-{index}",
            "start": start,
            "end": end,
            "kind": kind,
            "sentence": sentence,
        }
        for index, (start, end, kind, sentence) in enumerate(found)
        if kind == "body" or (kind == "headline" and index == first)
    ]


def _by_actor(mentions: list[Any]) -> dict[str, list[dict[str, int]]]:
    spans: dict[str, list[dict[str, int]]] = {}
    for mention in mentions:
        spans.setdefault(mention.actor, []).append({"start": mention.start, "end": mention.end})
    return spans


if __name__ == "__main__":
    main()
