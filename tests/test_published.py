"""The published sets in their authors' forms: small files of our own, and the real ones where they lie."""

import importlib
import json
import os

import pandas as pd
import pytest
from conftest import SHARED

from training import data
from training.schema import LABELS, SENTENCES, InputError

REAL = SHARED / "datasets"
ROWS = {  # set: rows of all its files, and of its official test file
    "mawqif": (4121, 619),
    "arabicstancex": (14477, 2977),
    "newsmtsc": (9885, 1146),
    "rusentne": (9482, 2845),
    "arsarcasm_v2": (15548, 3000),
}
HUB = ("mawqif", "newsmtsc")


@pytest.mark.skipif(not REAL.is_dir(), reason="the published sets are not here")
@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_the_real_files_are_read_whole(name, rows, monkeypatch):
    monkeypatch.setenv("STANCE_DATA", str(REAL))
    found = getattr(data, name)()
    assert (len(found), found["part"][:].count("test")) == rows
    task = "sentiment" if name == "arsarcasm_v2" else "stance"
    assert set(found[task]) == set(LABELS[task])


@pytest.mark.parametrize("name", [name for name in ROWS if name not in HUB])
def test_a_set_that_is_not_there_says_where_it_is_to_be_had(name, monkeypatch, tmp_path):
    monkeypatch.delenv("STANCE_DATA", raising=False)
    with pytest.raises(InputError, match="to be had from github.com"):
        getattr(data, name)()


@pytest.mark.parametrize("name", ROWS)
def test_a_folder_must_be_one(name, monkeypatch, tmp_path):
    with pytest.raises(InputError, match=f"the folder of {name} must be there, found none"):
        getattr(data, name)(str(tmp_path / "nowhere"))
    (tmp_path / "file.csv").write_text("x", "utf-8")
    with pytest.raises(InputError, match="must be there, found a file"):
        getattr(data, name)(str(tmp_path / "file.csv"))


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def mawqif_files(folder, stance="Favor"):
    header = "ID,text,target,stance,sentiment\n"
    write(folder, "Mawqif_AllTargets_Train.csv", f"\ufeff{header}1, نص أول ,Covid Vaccine,None,Neutral\n")
    write(folder, "Mawqif_AllTargets_Test.csv", f"{header}1,نص ثان,Covid Vaccine,{stance},Positive\n")


def test_mawqif(tmp_path):
    mawqif_files(tmp_path)
    train, test = data.mawqif(str(tmp_path))
    assert (train["sentence"], train["stance"], train["part"]) == ("نص أول", "neutral", None)
    assert (test["actor"], test["stance"], test["sentiment"]) == ("Covid Vaccine", "favor", "positive")


def test_mawqif_has_sentiment_too(tmp_path):
    mawqif_files(tmp_path)
    found = data.mawqif(str(tmp_path), "sentiment")
    assert found.features == SENTENCES and found["sentiment"][:] == ["neutral", "positive"]


def test_arsarcasm_v2(tmp_path):
    for name, label in (("training_data", "NEG"), ("testing_data", "POS")):
        write(tmp_path, f"{name}.csv", f'tweet,sarcasm,sentiment,dialect\n"""نص أول""",FALSE,{label},msa\n')
    train, test = data.arsarcasm_v2(str(tmp_path))
    assert (train["sentence"], train["sentiment"], train["part"]) == ("نص أول", "negative", None)
    assert (test["sentiment"], test["part"]) == ("positive", "test")


def test_a_label_of_another_version_is_refused_with_its_row(tmp_path):
    mawqif_files(tmp_path, stance="Pro")
    with pytest.raises(InputError, match=r"Test.csv, row 1: stance must be one of .*, found 'Pro'"):
        data.mawqif(str(tmp_path))
    write(tmp_path, "Mawqif_AllTargets_Train.csv", "ID,tweet\n1,x\n")
    with pytest.raises(InputError, match="column text must be there"):
        data.mawqif(str(tmp_path))


def test_arabicstancex(tmp_path):
    for part in ("train", "test"):
        rows = {"text": {"7": "نص"}, "stance": {"7": "Against"}}
        write(tmp_path, f"Stance_task/{part}/economy/Big_City.json", json.dumps(rows))
    train, test = data.arabicstancex(str(tmp_path))
    assert (train["actor"], train["stance"], train["part"], test["part"]) == (
        "Big City",
        "against",
        None,
        "test",
    )


def test_newsmtsc(tmp_path):
    target = {"from": 0, "to": 5, "mention": "Smith", "polarity": 2.0}
    record = {"primary_gid": "set_1_2_3_Smith_0_5", "sentence_normalized": "Smith lied.", "targets": [target]}
    for name in ("train", "devtest_rw", "devtest_mt"):
        write(tmp_path, f"{name}.jsonl", json.dumps(record))
    for test in ("rw", "mt"):
        row = data.newsmtsc(str(tmp_path), test)[1]
        assert (row["article_id"], row["stance"], row["part"]) == ("set_1_2", "against", "test")


def test_rusentne(tmp_path):
    rows = {"sentence": ["Смит солгал."], "entity": ["Смит"], "entity_tag": ["PERSON"]}
    frame = pd.DataFrame(rows | {"entity_pos_start_rel": [0], "entity_pos_end_rel": [4], "label": [-1]})
    for name in ("train_data.csv", "validation_data_labeled.csv"):
        frame.to_csv(tmp_path / name, sep="\t", index=False)
    train, test = data.rusentne(str(tmp_path))
    assert train["article_id"] == test["article_id"] and test["stance"] == "against"
    assert os.fspath(tmp_path) not in json.dumps(test)


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A folder in the Hub's layout, which ``load_dataset`` reads in the place of a set on the Hub."""
    monkeypatch.delenv("STANCE_DATA", raising=False)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "hub"


def test_without_a_folder_mawqif_comes_from_the_hub(hub, monkeypatch):
    monkeypatch.setattr(importlib.import_module("training.data.mawqif"), "HUB", str(hub))
    header = "ID,text,target,stance,sarcasm,sentiment\n"
    write(
        hub,
        "train.csv",
        f"{header}1,نص أول,Covid Vaccine,,No,Neutral\n2,نص,Covid Vaccine,Against,No,Negative\n",
    )
    write(hub, "test.csv", f"{header}1,نص ثان,Covid Vaccine,Favor,No,Positive\n")
    found = data.mawqif()
    assert found["stance"][:] == ["neutral", "against", "favor"] and found["part"][:] == [None, None, "test"]
    assert data.mawqif(task="sentiment")["sentiment"][:] == ["neutral", "negative", "positive"]


def test_without_a_folder_newsmtsc_comes_from_the_hub(hub, monkeypatch):
    monkeypatch.setattr(importlib.import_module("training.data.newsmtsc"), "HUB", str(hub))
    target = {"mention": "Smith", "from": 0, "to": 5, "sentence": "Smith lied.", "id": "set_1_2_3_Smith_0_5"}
    for part, polarity in (("train", -1), ("validation", 0), ("test", 1)):
        write(hub, f"mt/{part}.jsonl", json.dumps({**target, "polarity": polarity}))
    files = "".join(f"  - {{split: {p}, path: mt/{p}.jsonl}}\n" for p in ("train", "validation", "test"))
    write(hub, "README.md", f"---\nconfigs:\n- config_name: mt\n  data_files:\n{files}---\n")
    found = data.newsmtsc(test="mt")
    assert found["stance"][:] == ["against", "neutral", "favor"]
    assert found["part"][:] == [None, "validation", "test"] and set(found["article_id"]) == {"set_1_2"}


@pytest.mark.parametrize("name", HUB)
def test_where_the_hub_gives_nothing_it_says_what_to_do(name, hub, monkeypatch):
    monkeypatch.setattr(importlib.import_module(f"training.data.{name}"), "HUB", str(hub))
    with pytest.raises(InputError, match="the Hugging Face Hub must give it, .* STANCE_DATA"):
        getattr(data, name)()


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"sentence": "Smith lied."}, "line 1: column primary_gid must be there, found sentence"),
        (
            {"primary_gid": "a_1_2", "sentence_normalized": "Smith lied.", "targets": [{"mention": "Smith"}]},
            "line 1: column from must be there, found mention",
        ),
    ],
)
def test_a_newsmtsc_file_of_another_version_is_refused(tmp_path, record, message):
    write(tmp_path, "train.jsonl", json.dumps(record))
    with pytest.raises(InputError, match=message):
        data.newsmtsc(str(tmp_path))


def test_an_arabicstancex_file_that_is_no_json_is_refused(tmp_path):
    write(tmp_path, "Stance_task/train/economy/Big_City.json", "{")
    with pytest.raises(InputError, match="Big_City.json: must be JSON"):
        data.arabicstancex(str(tmp_path))
