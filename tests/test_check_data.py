import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.check_data import actors, copies_between, counts, grams, near_copies

SENTENCES = [
    "أعلنت وزارة الدفاع وصول الدفعة الأولى من المنظومة",
    "أعلنت وزارة الدفاع وصول الدفعة الثانية من المنظومة",
    "ارتفعت أسعار الخضار في أسواق العاصمة",
    "نعم",
]


def frame(sentences, stance="neutral"):
    rows = [
        (f"a{i}", f"s{i}", text, "تركيا", [{"start": 0, "end": 1}], stance)
        for i, text in enumerate(sentences)
    ]
    return pd.DataFrame(
        rows, columns=["article_id", "sentence_id", "sentence", "actor", "mentions", "stance"]
    )


def test_counts_tell_pairs_shares_and_repetitions():
    told = counts(frame([*SENTENCES, SENTENCES[0]], "favor"), "stance")
    assert told["pairs"] == "5" and told["favor"] == "100.0 %" and told["against"] == "0.0 %"
    assert told["pairs that stand twice"] == "1" and told["actors"] == "1"


def test_actors_are_counted_with_their_shares():
    table = actors(pd.concat([frame(SENTENCES, "favor"), frame(SENTENCES, "against")]))
    assert table.loc["تركيا"].tolist() == [8, 50.0, 0.0, 50.0]


def test_a_near_copy_over_the_split_is_named_and_another_is_not():
    lines = list(copies_between(frame(SENTENCES[1:3]), frame(SENTENCES[:1]), "test"))
    assert lines[0] == "test: 1 of 2 sentences have a near copy in train"
    assert SENTENCES[0] in lines[1] and len(lines) == 2


def jaccard(one, other):
    one, other = set(grams(one)), set(grams(other))
    return len(one & other) / len(one | other)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ابت ", min_size=1, max_size=14), min_size=1, max_size=4))
def test_near_copies_are_the_largest_jaccard_share(sentences):
    others = SENTENCES[:3] + sentences[:1]
    shares, nearest = near_copies(sentences, others, batch=2)
    wanted = [max(jaccard(sentence, other) for other in others) for sentence in sentences]
    assert shares.tolist() == pytest.approx(wanted, abs=1e-6)
    assert [jaccard(*pair) for pair in zip(sentences, nearest, strict=True)] == pytest.approx(wanted)
