"""Behaviour cases: enough of them, apart from the corpus; and models wrong in one way fail in just that."""

import re

import pandas as pd

from training.behaviour import SAME, behaviour, cases
from training.data import bundled
from training.text import normalise

ASKED = cases()


def passed(predict):
    return behaviour(predict).set_index("capability")["passed"]


def test_thirteen_capabilities_of_twenty_five_cases_each():
    told = ASKED.groupby("capability")["case"].nunique()
    assert len(told) == 13 and (told == 25).all() and set(SAME) < set(told.index)
    assert ASKED["mentions"].map(bool).all() and not ASKED["sentence"].str.contains(r"[\[\]|]").any()
    for row in ASKED.itertuples():
        words = {row.sentence[span["start"] : span["end"]] for span in row.mentions}
        assert len(words) == 1


def test_same_cases_ask_for_one_stance_and_the_others_for_more():
    stances = ASKED.groupby(["capability", "case"])["stance"].nunique().unstack("case")
    assert (stances.loc[list(SAME)] == 1).all(axis=None)
    assert (stances.loc[["designation", "negation", "coordination", "passive", "mishap"]] > 1).all(axis=None)
    assert ASKED.groupby("capability")["stance"].value_counts(normalize=True).max() < 0.75


def test_the_cases_are_none_of_the_corpus():
    def grams(sentence):
        text = normalise(re.sub(r"\W+", " ", sentence))
        return {text[i : i + 5] for i in range(len(text) - 4)}

    known = {normalise(sentence) for sentence in bundled()["sentence"]}
    assert not {normalise(sentence) for sentence in ASKED["sentence"]} & known
    index = {}
    for number, sentence in enumerate(known):
        for gram in grams(sentence):
            index.setdefault(gram, []).append(number)
    for sentence in set(ASKED["sentence"]):
        own = grams(sentence)
        shared = pd.Series([n for gram in own for n in index.get(gram, ())]).value_counts()
        assert shared.empty or shared.iloc[0] < 0.7 * len(own), sentence


def test_a_model_that_is_right_passes_all_and_one_that_says_one_thing_is_seen():
    told = behaviour(lambda frame: frame["stance"])
    assert (told["passed"] == 1).all() and (told["right"] == 1).all() and told["n"].iloc[-1] == 325
    told = behaviour(lambda frame: ["neutral"] * len(frame)).set_index("capability")
    assert (told.loc[list(SAME), "passed"] == 1).all() and (told.loc[list(SAME), "right"] < 0.5).all()
    assert told.loc["designation", "passed"] == 0 and told.loc["all", "passed"] < 0.3


def test_a_model_that_looks_only_at_the_name_fails_name_and_every_contrast():
    stances = ("against", "neutral", "favor")
    told = passed(lambda frame: [stances[len(name) % 3] for name in frame["actor"]])
    assert told["name"] < 0.3 and told["designation"] == 0 and told["negation"] == 0


def test_a_model_that_does_not_know_the_actor_fails_where_two_are_named():
    told = passed(lambda frame: frame.groupby("sentence")["stance"].transform("first"))
    assert told["coordination"] == 0 and told["attacker"] == 0 and told["negation"] == 1


def test_a_model_that_counts_loaded_words_fails_negation_irony_and_concession():
    loaded = {"فاسد", "خائن", "يكذب", "شكرا", "نزاه", "كرم"}
    told = passed(
        lambda frame: [
            "against" if any(word in sentence for word in loaded) else "neutral"
            for sentence in frame["sentence"]
        ]
    )
    assert max(told["negation"], told["irony"], told["concession"], told["attacker"]) < 0.1
