"""Doubtful labels: the wrong ones stand first, and a corrected sheet is read back."""

import numpy as np
import pandas as pd
import pytest

from training.data import write_rows
from training.schema import InputError
from training.suspects import corrections, probabilities, sheet

LABELS = ["against", "favor", "neutral"]
ROWS = pd.DataFrame(
    {
        "article_id": [f"a{i}" for i in range(60)],
        "sentence_id": [f"s{i}" for i in range(60)],
        "sentence": "أشاد الوزير بتركيا",
        "actor": "تركيا",
        "stance": [LABELS[i % 3] for i in range(60)],
        "voice": "author",
        "holder": None,
        "evidence": [[{"start": 0, "end": 4}]] * 60,
    }
)
KNOWN = pd.DataFrame(np.where(np.eye(3)[np.arange(60) % 3] == 1, 0.8, 0.1), columns=LABELS)


def test_a_wrong_label_is_the_most_doubtful_and_right_ones_are_not_there():
    rows = ROWS.copy()
    rows.loc[[7, 30], "stance"] = "neutral"
    sure = KNOWN.copy()
    sure.loc[[7, 30]] += KNOWN.loc[[7, 30]] > 0.5
    found = sheet(rows, sure, "stance")
    assert sorted(found["sentence_id"]) == ["s30", "s7"] and set(found["model"]) == {"against", "favor"}
    assert (
        (found["doubt"] == 1.7).all()
        and (found["words"] == "أشاد").all()
        and (found["corrected"] == "").all()
    )


def test_rows_of_one_label_or_of_few_events_are_refused():
    with pytest.raises(InputError, match="two labels of stance at least, found neutral alone"):
        probabilities(ROWS.assign(stance="neutral"), None, "stance")
    with pytest.raises(InputError, match="5 events or articles at least, found 1"):
        probabilities(ROWS.assign(article_id="a"), None, "stance")


def test_a_corrected_sheet_is_read_back(tmp_path):
    read = sheet(ROWS.assign(stance=np.roll(ROWS["stance"], 1)), KNOWN, "stance").head(3)
    read["corrected"] = ["neutral", "", "favor"]
    write_rows(read, tmp_path / "sheet.csv")
    changed, number = corrections(ROWS, tmp_path / "sheet.csv", "stance")
    told = changed.set_index("sentence_id").loc[read["sentence_id"]]
    assert told["stance"].iloc[0] == "neutral" and told["stance"].iloc[2] == "favor"
    assert number == (changed["stance"] != ROWS["stance"]).sum() <= 2
    turned = (changed["stance"] == "neutral") & (ROWS["stance"] != "neutral")
    assert not changed.loc[turned, "evidence"].map(bool).any() and changed.loc[turned, "voice"].isna().all()
    untouched = ~ROWS["sentence_id"].isin(read["sentence_id"])
    pd.testing.assert_frame_equal(changed[untouched], ROWS[untouched])


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("corrected", "hostile", "row 1: corrected must be one of against, neutral, favor, found hostile"),
        ("actor", "مصر", "row 1: it must be a row of the data, found s0 مصر"),
        (None, None, "column corrected must be there"),
    ],
)
def test_a_broken_sheet_is_refused_with_its_row(tmp_path, column, value, message):
    read = pd.DataFrame({"sentence_id": ["s0"], "actor": ["تركيا"], "corrected": ["favor"]})
    read = read.assign(**{column: value}) if column else read.drop(columns="corrected")
    read.to_csv(tmp_path / "sheet.csv", index=False)
    with pytest.raises(InputError, match=message):
        corrections(ROWS, tmp_path / "sheet.csv", "stance")


def test_the_command_writes_a_sheet_and_the_corrected_rows(empty):
    words = empty.small(600)
    done = empty.command("suspects", *words, "features=lexicon", "most=20")
    assert done.returncode == 0 and "labels are doubtful, the 20 most: suspects.csv" in done.stdout, (
        done.stderr
    )
    read = pd.read_csv(empty.folder / "suspects.csv", keep_default_na=False)
    read.loc[0, "corrected"] = read.loc[0, "model"]
    read.to_csv(empty.folder / "suspects.csv", index=False)
    done = empty.command("suspects", *words, "corrections=suspects.csv", "output=corrected.jsonl")
    assert "1 of 600 labels corrected: corrected.jsonl" in done.stdout, done.stderr
    done = empty.command("suspects", *words, "output=sheet.txt")
    assert done.returncode == 2 and "output must end in" in done.stderr
