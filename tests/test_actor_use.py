"""Each instrument catches a model that is wrong in just that way."""

from itertools import product

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from training.actor_use import actor_use, blind_ceiling, renamed, swapped
from training.features import SentenceNgrams, Window, named
from training.model import classifier_pipeline
from training.schema import STANCES

NAMES = {"against": "الحوثيون", "neutral": "مصر", "favor": "تركيا"}
WORDS = {"against": "الإرهابية", "neutral": "الأخيرة", "favor": "الباسلة"}


def frame(told):
    """Sixty rows in which the name, or the word after it, tells the stance."""
    rows = []
    for number in range(60):
        stance = STANCES[number % 3]
        other = STANCES[(number // 3) % 3]
        name = NAMES[stance if told == "name" else other]
        word = WORDS[stance if told == "word" else other]
        sentence = f"وصلت قوات {name} {word} أمس في يوم {number}"
        mention = {"start": 10, "end": 10 + len(name)}
        rows.append((f"a{number}", sentence, name, [mention], stance))
    return pd.DataFrame(rows, columns=["article_id", "sentence", "actor", "mentions", "stance"])


def use(features, told):
    data = frame(told)
    pipeline = classifier_pipeline(features, LogisticRegression(C=100)).fit(data, data["stance"])
    return actor_use(pipeline, data, {"test": data})["test"]


def test_a_model_that_looks_only_at_the_name_is_caught():
    found = use(named(), "name")
    assert found["alone_macro_f1"] == 1 and found["flip_rate"] > 0.5 and found["negative_spread"] > 0.5


def test_a_model_that_ignores_the_actor_is_caught():
    found = use(SentenceNgrams(max_n=1), "word")
    assert found["hidden_macro_f1"] == 1 and found["alone_macro_f1"] < 0.5


def test_a_window_that_masks_the_name_does_not_flip():
    found = use(Window(width=1), "word")
    assert (found["flip_rate"], found["negative_spread"]) == (0, 0)


def test_the_ceiling_is_one_where_sentences_treat_their_actors_alike():
    assert blind_ceiling(frame("word")) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(STANCES)), min_size=1, max_size=12))
def test_the_ceiling_is_not_below_the_commonest_stances_nor_above_all_blind_answers(rows):
    data = pd.DataFrame(rows, columns=["sentence", "stance"])
    ceiling, commonest = blind_ceiling(data), data.groupby("sentence")["stance"].agg(first_commonest)
    blind = [macro_f1(data, dict(enumerate(answers))) for answers in product(STANCES, repeat=3)]
    assert macro_f1(data, dict(commonest)) - 1e-9 <= ceiling <= max(blind) + 1e-9


def first_commonest(stances):
    return max(STANCES, key=list(stances).count)


def macro_f1(data, answers):
    predicted = data["sentence"].map(answers)
    return f1_score(data["stance"], predicted, labels=list(STANCES), average="macro", zero_division=0)


def test_no_mention_no_swap():
    told = frame("word").assign(mentions=[[]] * 60)
    assert swapped(lambda rows: ["favor"] * len(rows), told) == {"flip_rate": 0.0, "negative_spread": 0.0}


@given(st.lists(st.integers(0, 30), max_size=6, unique=True), st.text("ابت ", min_size=1, max_size=5))
def test_renaming_puts_the_name_at_every_mention_and_leaves_the_rest(cuts, name):
    sentence, cuts = "كلمات " * 6, sorted(cuts)
    mentions = [{"start": a, "end": b} for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    text, spans = renamed(sentence, mentions, name)
    assert [text[span["start"] : span["end"]] for span in spans] == [name] * len(mentions)
    back, same = text, len(mentions)
    for span, mention in list(zip(spans, mentions, strict=True))[::-1]:
        back = back[: span["start"]] + sentence[mention["start"] : mention["end"]] + back[span["end"] :]
    assert back == sentence and len(spans) == same
