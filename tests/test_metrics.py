import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score

from training.metrics import (
    calibration,
    calibration_apart,
    finding_scores,
    paired,
    reliability,
    scores,
    scores_by,
    slices,
)
from training.schema import STANCES, InputError

pairs = st.lists(st.tuples(st.sampled_from(STANCES), st.sampled_from(STANCES), st.integers(0, 5)), min_size=1)


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_scores_are_scikit_learns_inside_their_intervals(rows):
    gold, predicted, articles = map(list, zip(*rows, strict=True))
    found = scores(gold, predicted, articles)
    each = f1_score(gold, predicted, labels=list(STANCES), average=None, zero_division=0)
    assert [found[f"f1_{stance}"] for stance in STANCES] == pytest.approx(list(each))
    assert found["macro_f1"] == pytest.approx(each.mean())
    for name, score in (("precision", precision_score), ("recall", recall_score)):
        each = score(gold, predicted, labels=list(STANCES), average=None, zero_division=0)
        assert [found[f"{name}_{stance}"] for stance in STANCES] == pytest.approx(list(each))
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


FRAME = pd.DataFrame(
    {
        "actor": ["تركيا", "مصر", "تركيا", "روسيا"],
        "stance": ["against", "neutral", "favor", "favor"],
        "voice": ["author", None, "attributed", "author"],
        "outlet": [None] * 4,
        "sentence": ["كلمة", "كلمة " * 20, "كلمة", "كلمة"],
        "sentence_id": ["s1", "s1", "s2", "s3"],
        "article_id": ["a", "a", "b", "b"],
    }
)


def test_scores_by_actor_count_what_was_given_and_predicted():
    predicted = ["against", "neutral", "neutral", "favor"]
    table = scores_by(FRAME["actor"], FRAME, predicted).set_index("actor")
    assert table.index[0] == "تركيا" and table.loc["تركيا", "n"] == 2
    assert table.loc["تركيا", "accuracy"] == 0.5 and table.loc["تركيا", "macro_f1"] == 0.5
    assert table.loc["تركيا", "given_favor"] == 1 and table.loc["تركيا", "predicted_neutral"] == 1
    assert table.loc["روسيا", "macro_f1"] == 1 and pd.isna(table.loc["روسيا", "macro_f1_low"])


def test_slices_are_those_the_data_knows():
    found = slices(FRAME, "stance")
    assert list(found) == ["actor", "voice", "length", "mixed"]
    assert found["mixed"].tolist() == ["mixed", "mixed", "alone", "alone"]
    assert found["length"].tolist() == ["up to 15", "16 to 30", "up to 15", "up to 15"]
    assert scores_by(found["voice"], FRAME, ["favor"] * 4)["n"].tolist() == [2, 1]


@settings(max_examples=30, deadline=None)
@given(pairs, st.sampled_from([1, 5]))
def test_a_slice_scores_as_its_rows_do_alone(rows, often):
    frame = pd.DataFrame(rows * often * 10, columns=["stance", "predicted", "slice"])
    frame["article_id"] = range(len(frame))
    table = scores_by(frame["slice"], frame, list(frame["predicted"])).set_index("slice")
    for value, part in frame.groupby("slice"):
        labels = sorted(set(part["stance"]))
        f1 = f1_score(part["stance"], part["predicted"], labels=labels, average="macro", zero_division=0)
        assert table.loc[value, "macro_f1"] == pytest.approx(f1, abs=6e-4)
        if len(part) >= 50:
            assert table.loc[value, "macro_f1_low"] <= table.loc[value, "macro_f1"] + 1e-3


def test_calibration_is_nought_for_what_is_worth_what_it_says():
    labels = ["against", "neutral", "favor"]
    sure = pd.DataFrame([[0.8, 0.1, 0.1]] * 10, columns=labels)
    told = calibration(["against"] * 8 + ["neutral", "favor"], sure)
    assert told["ece"] == pytest.approx(0) and told["brier"] == pytest.approx(0.34)
    wrong = calibration(["favor"] * 10, pd.DataFrame([[1.0, 0.0, 0.0]] * 10, columns=labels))
    assert wrong["ece"] == wrong["ece_low"] == 1 and wrong["brier"] == wrong["brier_high"] == 2


def test_an_empty_slice_is_refused_with_a_sentence():
    nothing = pd.DataFrame(columns=["against", "neutral", "favor"], dtype=float)
    for score in (lambda: scores([], []), lambda: paired([], [], []), lambda: calibration([], nothing)):
        with pytest.raises(InputError, match="there must be rows to score, found none"):
            score()


def test_a_difference_of_calibration_is_that_of_the_points():
    labels, given = ["against", "neutral", "favor"], ["against", "neutral", "favor", "against"] * 20
    drawn = np.random.default_rng(0).dirichlet([1, 1, 1], (2, 80))
    first, second = (pd.DataFrame(values, columns=labels) for values in drawn)
    one, other, articles = calibration(given, first), calibration(given, second), [i // 4 for i in range(80)]
    told = calibration_apart(given, first, second, articles)
    for name in ("ece", "brier"):
        assert told[name] == pytest.approx(other[name] - one[name])
        assert told[f"{name}_low"] <= told[name] <= told[f"{name}_high"]
    assert calibration_apart(given, first, first)["ece_high"] == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_bins_hold_every_answer(answers):
    sure, right = map(np.array, zip(*answers, strict=True))
    table = reliability(sure, right)
    assert table["n"].sum() == len(answers)
    assert (table["n"] * table["accuracy"]).sum() == pytest.approx(right.sum())


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


@settings(max_examples=20, deadline=None)
@given(pairs)
def test_a_model_is_not_apart_from_itself(rows):
    gold, predicted, articles = map(list, zip(*rows, strict=True))
    found = paired(gold, predicted, predicted, articles)
    assert found["difference"] == found["difference_low"] == found["difference_high"] == 0
    assert found["p_randomisation"] == found["p_mcnemar"] == 1


@settings(max_examples=20, deadline=None)
@given(pairs, st.randoms())
def test_the_difference_is_that_of_the_scores_and_turns_with_the_order(rows, random):
    gold, first, articles = map(list, zip(*rows, strict=True))
    second = random.sample(first, len(first))
    found, turned = paired(gold, first, second, articles), paired(gold, second, first, articles)
    apart = scores(gold, second)["macro_f1"] - scores(gold, first)["macro_f1"]
    assert found["difference"] == pytest.approx(apart) == pytest.approx(-turned["difference"])
    assert found["p_randomisation"] == turned["p_randomisation"]
    assert (found["only_first"], found["only_second"]) == (turned["only_second"], turned["only_first"])


def test_chance_does_not_make_one_of_two_equals_better():
    random = np.random.default_rng(0)
    gold = list(random.choice(STANCES, 300))
    found = [
        paired(gold, *(list(np.where(random.random(300) < 0.7, gold, "neutral")) for _ in range(2)))
        for _ in range(20)
    ]
    assert sum(told["p_randomisation"] < 0.05 for told in found) <= 4
    assert sum(told["difference_low"] <= 0 <= told["difference_high"] for told in found) >= 16
