import importlib
import json
from zipfile import ZipFile

import pytest
from conftest import SHARED

from training.data import annotated_news
from training.data.news_sources import digest, sentence_in, source_texts
from training.schema import InputError

module = importlib.import_module("training.data.annotated_news")
REAL = SHARED / "datasets" / "arabic_news_actors" / "train.jsonl"
TEXT = "قال مصدر إن الانقلابي حفتر غادر"
PAIR = {
    "actor": "خليفة حفتر",
    "mentions": [{"start": 22, "end": 26}],
    "stance": "against",
    "voice": "attributed",
    "holder": {"start": 4, "end": 8},
    "evidence": [{"start": 12, "end": 21}],
}


@pytest.fixture
def labels(tmp_path, monkeypatch):
    """One labelled sentence of our own in the place of the shipped labels, and the file of its text."""
    record = {
        "sentence_id": "s1",
        "article_id": "a1",
        "source": "armpro",
        "source_id": "x",
        "start": 0,
        "end": len(TEXT),
        "outlet": None,
    }
    record |= {"digest": digest(TEXT), "actors": [PAIR]}
    (tmp_path / "labels.jsonl").write_text(json.dumps(record), "utf-8")
    monkeypatch.setattr(module, "LABELS", tmp_path / "labels.jsonl")
    monkeypatch.delenv("STANCE_DATA", raising=False)
    return tmp_path / "texts.jsonl"


def test_labels_are_joined_with_their_text(labels):
    labels.write_text(json.dumps({"sentence_id": "s1", "sentence": TEXT}), "utf-8")
    row = annotated_news(str(labels))[0]
    assert (row["sentence"], row["holder"], row["stance"]) == (TEXT, "مصدر", "against")
    assert TEXT[row["evidence"][0]["start"] : row["evidence"][0]["end"]] == "الانقلابي"


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            {"sentence_id": "s1", "sentence": TEXT + "."},
            "sentence s1: .*ArMPro .* x, found another text",
        ),
        ({"sentence_id": "s2", "sentence": TEXT}, "sentence s1: .*found none"),
        ({"sentence_id": "s1"}, "line 1: sentence must be given as text"),
    ],
)
def test_a_text_that_was_not_labelled_is_refused(labels, record, message):
    labels.write_text(json.dumps(record), "utf-8")
    with pytest.raises(InputError, match=message):
        annotated_news(str(labels))


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


@pytest.fixture
def sources(tmp_path):
    """The three sources in their authors' forms, each with our sentence in it."""
    folder = tmp_path / "sources"
    write(folder, "data/arabic/train_ar.tsv", f'sentence_id\tsentence\tlabel\nc1\t"{TEXT}"\tOBJ\n')
    write(folder, "span/train.json", json.dumps({"paragraph_id": "p1", "text": f"نص قبله. {TEXT}"}) + "\n")
    articles = json.dumps([{"content": "غيره"}, {"content": f" نص\n قبله.  {TEXT} وبعده"}])
    with ZipFile(folder / "2015-08-08.zip", "w") as archive:
        archive.writestr("2015-08-08.json", articles)
    return folder


@pytest.mark.parametrize(
    "source", [("checkthat25", "c1"), ("armpro", "p1"), ("saudinewsnet", "2015-08-08:1")]
)
@pytest.mark.parametrize("start", [0, 9, 10])
def test_the_sentence_is_found_in_each_source(sources, source, start):
    label = {"start": start, "end": start + len(TEXT), "digest": digest(TEXT)}
    assert sentence_in(source_texts(sources)[source], label) == TEXT
    assert sentence_in(source_texts(sources)[source], {**label, "digest": digest("آخر")}) is None


def test_labels_are_joined_with_the_sources_as_published(labels, sources, monkeypatch):
    record = json.loads((labels.parent / "labels.jsonl").read_text("utf-8")) | {"source_id": "p1"}
    write(labels.parent, "labels.jsonl", json.dumps(record))
    assert annotated_news(str(sources))[0]["sentence"] == TEXT
    monkeypatch.setenv("STANCE_DATA", str(sources.parent))
    sources.rename(sources.parent / "annotated_news")
    assert annotated_news()[0]["sentence"] == TEXT


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("2015-08-08.zip", "no zip", "must be a ZIP file"),
        ("span.json", "{", "must be JSON"),
        ("notes.txt", "", "files of .* must be there, found none"),
    ],
)
def test_broken_sources_are_refused(tmp_path, name, text, message):
    write(tmp_path, name, text)
    with pytest.raises(InputError, match=message):
        source_texts(tmp_path)


def test_without_the_text_it_says_where_it_is_to_be_had(labels):
    with pytest.raises(InputError, match="CheckThat! 2025 .* SaudiNewsNet .* CC BY-NC-SA 4.0"):
        annotated_news()


def test_the_shipped_labels_hold_no_text():
    for line in module.LABELS.read_text("utf-8").splitlines():
        record = json.loads(line)
        assert "sentence" not in record
        assert all(
            isinstance(span, int) for pair in record["actors"] for span in (pair["holder"] or {}).values()
        )


@pytest.mark.skipif(not REAL.is_file(), reason="the sentences are not here")
def test_the_real_sentences_are_joined_whole(monkeypatch):
    monkeypatch.setenv("STANCE_DATA", str(REAL.parents[1]))
    found = annotated_news()
    assert (len(found), len(set(found["sentence_id"]))) == (5984, 2403)
