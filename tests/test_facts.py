import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.facts import (
    actors,
    copies,
    counts,
    grams,
    long_evidence,
    near_copies,
    one_sided,
    with_proclitic,
)

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


def jaccard(one, other):
    one, other = set(grams(one)), set(grams(other))
    return len(one & other) / len(one | other)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ابت ", min_size=1, max_size=14), min_size=1, max_size=4))
def test_near_copies_are_the_largest_jaccard_share(sentences):
    others = SENTENCES[:3] + sentences[:1]
    shares, nearest = near_copies(sentences, others)
    wanted = [max(jaccard(sentence, other) for other in others) for sentence in sentences]
    assert shares.tolist() == pytest.approx(wanted, abs=1e-6)
    assert [jaccard(*pair) for pair in zip(sentences, nearest, strict=True)] == pytest.approx(wanted)


def test_the_corpus_is_searched_for_copies_of_its_own():
    found = copies([*SENTENCES, SENTENCES[2] + "."])
    assert found["sentence"].tolist() == [SENTENCES[2] + ".", SENTENCES[1]]
    assert found["other"].tolist() == [SENTENCES[2], SENTENCES[0]]


def test_an_actor_seen_from_one_side_is_named_where_it_is_frequent():
    rows = pd.concat([frame(SENTENCES * 5, "against"), frame(SENTENCES, "favor")])
    assert one_sided(rows).loc["تركيا"].tolist() == [20, 0, 4, 83.3]
    assert one_sided(rows, often=25).empty and one_sided(rows, most=0.9).empty
    assert one_sided(frame(SENTENCES * 5)).empty


def test_evidence_of_most_of_the_sentence_is_found():
    rows = frame(SENTENCES).assign(evidence=[[{"start": 0, "end": 30}], [], [{"start": 0, "end": 3}], None])
    assert long_evidence(rows)["sentence_id"].tolist() == ["s0"]


def test_a_mention_that_keeps_its_proclitic_is_found_where_the_bare_name_is_known():
    rows = frame(["قال حفتر", "رسالة لحفتر", "وزير", "كتب"])
    ends = [(4, 8), (6, 11), (0, 4), (0, 3)]
    rows["mentions"] = [[{"start": start, "end": end}] for start, end in ends]
    assert with_proclitic(rows)["mention"].tolist() == ["لحفتر"]
