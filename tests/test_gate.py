"""The gate: who may become champion, and which rule stands in whose way."""

import numpy as np
import pandas as pd
import pytest

from training.gate import Standing, judged
from training.schema import STANCES

GIVEN = np.array([STANCES[i % 3] for i in range(600)])


def answers(right, sure=0.8):
    """Answers of which the first ``right`` of each hundred are right, all of one probability."""
    known = np.arange(600) % 100 < right
    turned = np.array([STANCES[(STANCES.index(label) + 1) % 3] for label in GIVEN])
    predicted = np.where(known, GIVEN, turned)
    frame = pd.DataFrame({"article_id": np.arange(600) // 5, "given": GIVEN, "predicted": predicted})
    for label in STANCES:
        frame[f"p_{label}"] = np.where(predicted == label, sure, (1 - sure) / 2)
    return frame


def verdict(new, old):
    return judged(Standing("2", *new), Standing("1", *old), "stance", "macro_f1")


OLD = (answers(70), 0.5, 1e6)


@pytest.mark.parametrize(
    ("new", "wins", "told"),
    [
        ((answers(85), 0.5, 2e6), True, "macro_f1 +15.0"),
        ((answers(85), None, 2e6), False, "behaviour cases passed not asked against 50.0"),
        ((answers(85), 0.4, 2e6), False, "behaviour cases passed 40.0 against 50.0"),
        ((answers(85, 0.45), 0.5, 2e6), False, "calibration error +30.0"),
        ((answers(60), 0.9, 1e5), False, "macro_f1 -10.0"),
        (OLD, False, "macro_f1 +0.0"),
        ((answers(70), 0.5, 5e5), True, "0.5 MB against 1.0"),
    ],
)
def test_who_wins_and_why(new, wins, told):
    found = verdict(new, OLD)
    assert found.wins is wins and told in found.words
    assert found.words.startswith("champion" if wins else "not champion") and "version 1" in found.words
    assert found.rules["passed"].all() == wins and len(found.rules) == 3


def test_a_simpler_model_may_not_be_worse():
    barely = answers(70)
    other = barely.copy()
    turned = [STANCES[(STANCES.index(label) + 1) % 3] for label in GIVEN[:12]]
    other.loc[:11, "predicted"] = turned  # two points worse, of which chance is no excuse
    assert not verdict((other, 0.5, 1e5), (barely, 0.5, 1e6)).wins


def test_a_well_calibrated_model_that_knows_nothing_does_not_stand_in_the_way():
    always = answers(100).assign(predicted="neutral", p_against=0.333, p_neutral=0.334, p_favor=0.333)
    found = verdict((answers(85, 0.75), 0.5, 1e6), (always, 0.25, 1e5))
    assert found.wins and "calibration error +9.9" in found.words


def test_sentiment_has_no_behaviour_to_fall_behind_in():
    assert len(verdict((answers(85), None, 1e6), (answers(70), None, 1e6)).rules) == 2
