import json
from collections import Counter

import pandas as pd
import pytest
from datasets import Dataset, DatasetDict
from hypothesis import given, settings
from hypothesis import strategies as st

from training.data import bundled, examples, records, write_rows
from training.schema import EXAMPLES, LABELS, REQUIRED, InputError, check_row

SENTENCE = "وصل المشير خليفة حفتر إلى القاهرة"
ROW = {
    "article_id": "a",
    "sentence_id": "a-1",
    "sentence": SENTENCE,
    "actor": "خليفة حفتر",
    "mentions": [{"start": 11, "end": 21}],
    "stance": "neutral",
}


def lines(*rows):
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


@pytest.fixture(scope="module")
def corpus():
    return bundled()


def test_the_corpus_holds_the_contract(corpus):
    assert corpus.features == EXAMPLES
    assert len(corpus) > 20_000
    shares = Counter(corpus["stance"])
    assert set(shares) == set(LABELS["stance"]) and min(shares.values()) > 2000
    for row in corpus.select(range(0, len(corpus), 50)):
        assert row["mentions"]
        assert bool(row["evidence"]) == (row["stance"] != "neutral") or row["stance"] == "neutral"


def test_contrast_sets_are_for_training_alone_and_may_be_left_out(corpus):
    contrast = [
        part for source, part in zip(corpus["source"], corpus["part"], strict=True) if source == "contrast"
    ]
    assert contrast and set(contrast) == {"train"}
    assert set(bundled(contrast=False)["source"]) == {"bundled"}


def test_sentences_hold_those_without_actors_too(corpus):
    sentences = bundled(task="sentiment")
    with_actors = set(corpus["sentence_id"])
    assert len(set(sentences["sentence_id"])) == len(sentences) > len(with_actors)
    assert set(sentences["sentiment"]) == set(LABELS["sentiment"])


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_examples_read_back_what_was_written_in_every_form(tmp_path, ending):
    rows = pd.DataFrame(
        [ROW, {**ROW, "sentence_id": "a-2", "stance": "against", "evidence": [{"start": 4, "end": 10}]}]
    )
    write_rows(rows, tmp_path / f"mine{ending}")
    read = examples(str(tmp_path / f"mine{ending}")).to_list()
    assert [row["stance"] for row in read] == ["neutral", "against"]
    assert read[0]["mentions"] == ROW["mentions"] and read[0]["evidence"] is None
    assert read[1]["evidence"] == [{"start": 4, "end": 10}]
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stance": "hostile"}, "stance must be one of against, neutral, favor, found 'hostile'"),
        ({"stance": None}, "column stance must be given"),
        ({"actor": " "}, "actor must not be empty"),
        ({"sentence": 7}, "sentence must be str, found 7"),
        ({"voice": "narrator"}, "voice must be one of"),
        ({"position": "first"}, "position must be int"),
        ({"mentions": [{"start": 11, "end": 99}]}, "11:99 must lie inside the sentence of 33 characters"),
        ({"mentions": [{"start": 5, "end": 5}]}, "must lie inside"),
        ({"mentions": [{"start": 5}]}, "must hold {start, end} objects"),
        ({"mentions": "خليفة حفتر"}, "must be a list"),
    ],
)
def test_a_broken_record_is_refused_with_its_place(tmp_path, change, message):
    file = tmp_path / "mine.jsonl"
    file.write_text(lines(ROW, {**ROW, **change}), "utf-8")
    with pytest.raises(InputError) as refusal:
        examples(str(file))
    assert f"{file}, line 2" in str(refusal.value) and message in str(refusal.value)


@pytest.mark.parametrize("column", REQUIRED["stance"])
def test_each_required_column_is_asked_for(column):
    with pytest.raises(InputError, match=f"column {column} must be given"):
        check_row({key: value for key, value in ROW.items() if key != column}, "stance", "here")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"a": 1}\n{"a"', "line 2"),
        ("a.jsonl", b"  \n", "empty"),
        ("a.jsonl", b"\xff\xfe\x00", "UTF-8"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"a,b\n", "empty"),
        ("a.parquet", b"PAR1", "Parquet"),
        ("a.xlsx", b"x", "must end in"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        list(records(tmp_path / name))


cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs", "Cc"]), min_size=1
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_text_survives_every_form(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("forms")
    frame = pd.DataFrame(rows, columns=["article_id", "text"])
    for ending in (".jsonl", ".csv", ".parquet"):
        write_rows(frame, folder / f"rows{ending}")
        assert [tuple(row.values()) for _, row in records(folder / f"rows{ending}")] == rows


def test_mentions_may_be_strings_to_be_found(tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_text(lines({**ROW, "mentions": ["خليفة حفتر", "حفتر"], "evidence": ["المشير"]}), "utf-8")
    row = examples(str(file))[0]
    assert row["mentions"] == [{"start": 11, "end": 21}] and row["evidence"] == [{"start": 4, "end": 10}]
    columns = ["article_id", "sentence_id", "sentence", "actor", "mentions", "stance"]
    pd.DataFrame([{**ROW, "mentions": "حفتر"}], columns=columns).to_csv(tmp_path / "mine.csv", index=False)
    assert examples(str(tmp_path / "mine.csv"))[0]["mentions"] == [{"start": 17, "end": 21}]


def test_a_saved_datasets_folder_is_read_with_its_parts(tmp_path):
    one = Dataset.from_list([ROW])
    one.save_to_disk(str(tmp_path / "one"))
    DatasetDict({"train": one, "test": one}).save_to_disk(str(tmp_path / "two"))
    assert examples(str(tmp_path / "one"))["part"] == [None]
    assert examples(str(tmp_path / "two"))["part"] == ["train", "test"]
    (tmp_path / "other").mkdir()
    with pytest.raises(InputError, match="saved datasets folder"):
        examples(str(tmp_path / "other"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{**ROW, "mentions": ["القذافي"]}], "found 'القذافي' nowhere in it"),
        ([ROW, {**ROW, "stance": "favor"}], "must have one stance, found favor here and neutral in"),
        ([{**ROW, "sentence": SENTENCE * 1000}], "at most 20000 characters"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, rows, message):
    file = tmp_path / "mine.jsonl"
    file.write_text(lines(*rows), "utf-8")
    with pytest.raises(InputError, match=message):
        examples(str(file))


def test_a_byte_that_is_not_utf8_is_told_with_its_line(tmp_path):
    for ending in (".jsonl", ".csv"):
        file = tmp_path / f"mixed{ending}"
        file.write_bytes("نص\n".encode() + "نص".encode("cp1256"))
        with pytest.raises(
            InputError, match=f"mixed{ending}, line 2: must be UTF-8 text, found the byte 0xe4"
        ):
            examples(str(file))


def test_a_folder_where_a_file_is_meant_is_refused(tmp_path):
    with pytest.raises(InputError, match="found another folder"):
        examples(str(tmp_path))
    with pytest.raises(InputError, match="a file must be there, found a folder"):
        list(records(tmp_path))


def test_without_a_path_it_asks_for_one():
    with pytest.raises(InputError, match=r"add data.path=FILE"):
        examples(None)


def test_a_sentence_has_one_sentiment_and_comes_once(tmp_path):
    row = {**ROW, "sentiment": "negative"}
    (tmp_path / "two.jsonl").write_text(lines(row, {**row, "actor": "القاهرة"}), "utf-8")
    assert examples(str(tmp_path / "two.jsonl"), "sentiment")["sentiment"][:] == ["negative"]
    (tmp_path / "two.jsonl").write_text(lines(row, {**row, "sentiment": "positive"}), "utf-8")
    with pytest.raises(InputError, match="line 2: a-1 must have one sentiment, found positive here"):
        examples(str(tmp_path / "two.jsonl"), "sentiment")
    (tmp_path / "two.jsonl").write_text(lines(ROW), "utf-8")
    with pytest.raises(InputError, match="line 1: column sentiment must be given"):
        examples(str(tmp_path / "two.jsonl"), "sentiment")
