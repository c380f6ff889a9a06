import pandas as pd
import pytest

from training.schema import InputError
from training.train import alike, check_labels, told_seen

ROWS = [("تركيا", "favor")] * 3 + [("تركيا", "against")] + [("روسيا", "neutral")] * 2


@pytest.fixture
def frame():
    return pd.DataFrame(ROWS, columns=["actor", "stance"])


def test_labels_weigh_alike_within_an_actor_and_one_on_average(frame):
    weights = alike(frame, "actor", "stance")
    assert weights.groupby([frame["actor"], frame["stance"]]).sum().tolist() == [2, 2, 2]
    assert weights.mean() == 1
    with pytest.raises(InputError, match="balance must be a column"):
        alike(frame, "colour", "stance")


def test_rows_tell_whether_train_holds_their_actor_and_article(frame):
    train, test = (rows.assign(article_id=list("aabbcc")[: len(rows)]) for rows in (frame[:4], frame))
    told = told_seen(test, train)
    assert told["seen_actor"].tolist() == ["yes"] * 4 + ["no"] * 2
    assert told["seen_article"].tolist() == ["yes"] * 4 + ["no"] * 2
    assert "seen_actor" not in told_seen(test.drop(columns="actor"), train.drop(columns="actor"))


def test_every_part_must_hold_every_label(frame):
    check_labels({"train": frame, "test": frame}, "stance")
    with pytest.raises(InputError, match="test part: must hold .*, found no neutral in 4 rows"):
        check_labels({"train": frame, "test": frame[:4]}, "stance")
    with pytest.raises(InputError, match="two labels of stance must be there, found favor alone"):
        check_labels({"train": frame[:3], "test": frame[:3]}, "stance")
