import pytest

from training.reproduce import check_digests, compare
from training.schema import InputError

KEPT = {"test/f1": 0.1, "fit_seconds": 3.0, "model_bytes": 9.0, "compare/difference": 0.2}


def test_what_may_differ_is_left_out(capsys):
    compare(KEPT, {"test/f1": 0.1, "fit_seconds": 4.0}, "abc")
    assert "reproduced run abc: 1 metrics, equal to the last digit" in capsys.readouterr().out


@pytest.mark.parametrize("again", [{"test/f1": 0.1 + 1e-16}, {}])
def test_a_metric_that_differs_in_its_last_digit_or_is_gone_is_told(again):
    with pytest.raises(
        InputError, match="run abc: 1 metrics must be the same, found 1 others: test/f1 0.1 then"
    ):
        compare(KEPT, again, "abc")


def test_other_data_are_refused():
    check_digests({"train": "a"}, {"train": "a"}, "abc")
    for again in ({"train": "b"}, {}, {"train": "a", "dev": "c"}):
        with pytest.raises(InputError, match="part: must be the data of run abc"):
            check_digests({"train": "a"}, again, "abc")
