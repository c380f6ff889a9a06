import importlib
import json

import pytest
from conftest import SHARED

from training.data import annotated_news
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
    record = {"sentence_id": "s1", "article_id": "a1", "source": "armpro", "source_id": "x:1", "outlet": None}
    record |= {"digest": module.digest(TEXT), "actors": [PAIR]}
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
        ({"sentence_id": "s1", "sentence": TEXT + "."}, "sentence s1: .*ArMPro, x:1, found another text"),
        ({"sentence_id": "s2", "sentence": TEXT}, "sentence s1: .*found none"),
        ({"sentence_id": "s1"}, "line 1: sentence must be given as text"),
    ],
)
def test_a_text_that_was_not_labelled_is_refused(labels, record, message):
    labels.write_text(json.dumps(record), "utf-8")
    with pytest.raises(InputError, match=message):
        annotated_news(str(labels))


def test_without_the_text_it_says_where_it_is_to_be_had(labels):
    with pytest.raises(InputError, match="CheckThat! 2025 .* CC BY-NC-SA 4.0"):
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
