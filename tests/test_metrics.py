import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score

from training.metrics import finding_scores, scores, scores_by
from training.schema import STANCES

pairs = st.lists(st.tuples(st.sampled_from(STANCES), st.sampled_from(STANCES), st.integers(0, 5)), min_size=1)


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_scores_are_scikit_learns_inside_their_intervals(rows):
    gold, predicted, articles = map(list, zip(*rows, strict=True))
    found = scores(gold, predicted, articles)
    each = f1_score(gold, predicted, labels=list(STANCES), average=None, zero_division=0)
    assert [found[f"f1_{stance}"] for stance in STANCES] == pytest.approx(list(each))
    assert found["macro_f1"] == pytest.approx(each.mean())
    assert found["accuracy"] == pytest.approx(accuracy_score(gold, predicted))
    assert found["n"] == len(rows)
    assert 0 <= found["macro_f1_low"] <= found["macro_f1_high"] <= 1


@settings(max_examples=30, deadline=None)
@given(pairs, st.randoms())
def test_the_order_of_rows_does_not_move_the_point(rows, random):
    points = []
    for _ in range(2):
        points.append(
            {k: v for k, v in scores(*map(list, zip(*rows, strict=True))).items() if k[-3:] != "igh"}
        )
        random.shuffle(rows)
    assert points[0]["macro_f1"] == pytest.approx(points[1]["macro_f1"])


def test_one_article_has_no_spread_and_many_have():
    gold, predicted = ["against", "neutral", "favor"] * 20, ["against", "neutral", "neutral"] * 20
    one = scores(gold, predicted, ["a"] * 60)
    assert one["macro_f1_low"] == one["macro_f1_high"] == one["macro_f1"]
    many = scores(gold, predicted)
    assert many["accuracy_low"] < many["accuracy"] < many["accuracy_high"]


def test_favg_mean_is_the_mean_over_closed_targets_alone():
    gold = ["against", "favor", "against", "favor"]
    found = scores(gold, ["against", "favor", "favor", "against"], None, ["a", "a", "b", "b"])
    assert (found["favg_mean"], found["favg"]) == (0.5, 0.5)
    assert "favg_mean" not in scores(gold, gold, None, ["a", "b", "c", "d"])


def test_scores_by_actor_count_what_was_given_and_predicted():
    frame = pd.DataFrame({"actor": ["تركيا", "مصر", "تركيا"], "stance": ["against", "neutral", "favor"]})
    table = scores_by("actor", frame, ["against", "neutral", "neutral"]).set_index("actor")
    assert list(table.index) == ["تركيا", "مصر"]
    assert table.loc["تركيا", "n"] == 2 and table.loc["تركيا", "accuracy"] == 0.5
    assert table.loc["تركيا", "given_favor"] == 1 and table.loc["تركيا", "predicted_neutral"] == 1


spans = st.lists(
    st.lists(st.tuples(st.integers(0, 5), st.integers(6, 9)), max_size=3), min_size=1, max_size=4
)


@given(spans)
def test_what_is_given_is_found_wholly_in_itself(given_spans):
    found = finding_scores(given_spans, given_spans)
    wanted = 1.0 if found["n"] else 0.0
    assert found["overlap_recall"] == found["exact_precision"] == wanted


@given(spans, st.randoms())
def test_an_exact_span_overlaps(given_spans, random):
    shifted = [[(start + random.randint(0, 1), end) for start, end in sentence] for sentence in given_spans]
    found = finding_scores(given_spans, shifted)
    assert found["exact_recall"] <= found["overlap_recall"]
    assert found["overlap_recall_low"] <= found["overlap_recall"] <= found["overlap_recall_high"] + 1e-9
