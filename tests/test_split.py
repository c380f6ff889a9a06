import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.schema import EXAMPLES, PARTS, InputError, table
from training.split import by_group


def rows(groups, parts=None):
    row = {"sentence": "وصل حفتر", "actor": "حفتر", "mentions": [{"start": 4, "end": 8}], "stance": "neutral"}
    empty = dict.fromkeys(EXAMPLES)
    return [
        {**empty, **row, "article_id": f"a{i}", "sentence_id": f"s{i}", "event": group, "part": part}
        for i, (group, part) in enumerate(zip(groups, parts or [None] * len(groups), strict=True))
    ]


def ids(split):
    return {part: set(split[part]["sentence_id"]) for part in PARTS}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 30).map(str), min_size=60, max_size=120), st.randoms())
def test_no_event_in_two_parts_and_order_does_not_matter(groups, random):
    if len(set(groups)) < 12:
        return
    given_rows = rows(groups)
    split = by_group(table(given_rows, "stance"))
    events = [set(split[part]["event"]) for part in PARTS]
    assert not events[0] & events[1] and not events[0] & events[2] and not events[1] & events[2]
    assert sum(map(len, ids(split).values())) == len(given_rows)
    random.shuffle(given_rows)
    assert ids(by_group(table(given_rows, "stance"))) == ids(split)


def test_rows_without_event_are_grouped_by_article_and_given_parts_hold():
    split = by_group(table(rows([None] * 40, ["test"] * 3 + [None] * 37), "stance"))
    assert ids(split)["test"] == {"s0", "s1", "s2"}
    assert len(ids(split)["train"]) > 20


def test_an_empty_part_is_refused():
    with pytest.raises(InputError, match="every part must hold rows"):
        by_group(table(rows(["one"] * 5), "stance"))


def test_given_parts_are_kept_and_the_rest_goes_to_train_and_validation():
    split = by_group(table(rows([None] * 60, ["test"] * 20 + [None] * 40), "stance"), "article_id", 0.15, 0.0)
    assert ids(split)["test"] == {f"s{i}" for i in range(20)}
    assert 3 <= len(split["validation"]) <= 9


def test_a_part_that_is_given_takes_no_other_rows():
    split = by_group(table(rows([None] * 60, ["test"] * 2 + ["validation"] * 2 + [None] * 56), "stance"))
    assert (ids(split)["test"], ids(split)["validation"]) == ({"s0", "s1"}, {"s2", "s3"})


def test_all_parts_given_leave_nothing_to_deal():
    split = by_group(table(rows([None] * 3, ["test", "train", "validation"]), "stance"))
    assert ids(split) == {"test": {"s0"}, "train": {"s1"}, "validation": {"s2"}}
