import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression

from training.evidence import evidence, stance_coefficients, word_addends
from training.features import ActorName, Lexicon, SentenceNgrams, Window, by_actor, combined, named, read
from training.model import classifier_pipeline, linear_svm
from training.schema import InputError


def at(sentence, name):
    return [{"start": sentence.index(name), "end": sentence.index(name) + len(name)}]


def names(features, sentence, actor):
    return [name for name, _, _ in features.places(read(sentence, at(sentence, actor) if actor else []))]


@pytest.fixture(scope="module")
def toy():
    """Sixty readings of three stances told apart by one word each."""
    words = {"against": "الانقلابي", "neutral": "المشير", "favor": "البطل"}
    rows = [
        {"sentence": sentence, "actor": "خليفة حفتر", "mentions": at(sentence, "حفتر"), "stance": stance}
        for number in range(20)
        for stance, word in words.items()
        for sentence in [f"وصل {word} خليفة حفتر إلى المدينة رقم {number}"]
    ]
    return pd.DataFrame(rows)


def test_a_window_sees_the_words_by_side_and_never_the_name():
    seen = names(Window(width=2, max_n=1), "أعلن وزير تركيا رفض القرار اليوم", "تركيا")
    assert {"L وزير", "R رفض", "A القرار", "l وزير"} <= set(seen)
    assert not any("تركيا" in name or "اليوم" in name for name in seen)


def test_another_name_gives_the_same_window():
    here, there = "أعلن وزير تركيا رفض القرار", "أعلن وزير السعودية رفض القرار"
    assert names(Window(), here, "تركيا") == names(Window(), there, "السعودية")


def test_without_a_mention_the_whole_sentence_is_read():
    seen = names(Window(width=1), "أعلن وزير رفض القرار", None)
    assert "A اعلن" in seen and "A القرار" in seen


def test_sentence_ngrams_do_not_know_the_actor():
    sentence = "أدانت روسيا تركيا"
    assert names(SentenceNgrams(), sentence, "روسيا") == names(SentenceNgrams(), sentence, "تركيا")


def test_by_actor_tells_actors_apart_through_the_whole_pipeline(toy):
    two = pd.concat([toy, toy.assign(actor="تركيا", stance="neutral")], ignore_index=True)
    pipeline = classifier_pipeline(by_actor(), LogisticRegression(C=100)).fit(two, two["stance"])
    assert list(pipeline.predict(two)) == list(two["stance"])


def test_the_name_is_learned_only_where_it_is_asked_for(toy):
    two = pd.concat([toy, toy.assign(actor="تركيا", stance="neutral")], ignore_index=True)
    pipeline = classifier_pipeline(named(name_weight=1.0), LogisticRegression(C=100)).fit(two, two["stance"])
    assert list(pipeline.predict(two)) == list(two["stance"])
    places = list(ActorName().places(read("وصل حفتر", at("وصل حفتر", "حفتر"), "خليفة حفتر")))
    assert places == [("N خليفه", 1, 1), ("N حفتر", 1, 1)]


def lexicon(tmp_path, *lines):
    (tmp_path / "mine.tsv").write_text("\n".join(lines), "utf-8")
    return Lexicon(path=str(tmp_path))


def fitted(features, *sentences):
    features.fit([read(sentence, []) for sentence in sentences])
    return features


def test_the_lexicon_counts_by_role_place_and_negation(tmp_path):
    features = fitted(
        lexicon(tmp_path, "انقلابي\tdesignation\t-\tnamed\t3\t\t", "أشاد بـ\tverb\t+\tdone_to\t2\t\t"), "كلام"
    )
    assert "- named Lat" in names(features, "وصل الانقلابي حفتر", "حفتر")
    assert "- named Rnear" in names(features, "حفتر الضابط الانقلابي", "حفتر")
    assert "not- named Lat" in names(features, "ليس الانقلابي حفتر", "حفتر")
    assert "+ done_to Lat" in names(features, "أشاد بحفتر", "حفتر")
    assert names(features, "وصل القائد حفتر", "حفتر") == []


def test_a_full_form_is_matched_before_a_stem(tmp_path):
    features = fitted(
        lexicon(tmp_path, "فارس\tdesignation\t+\tnamed\t3\t\t", "فارسي\tadjective\t-\tnamed\t1\t\t"), "كلام"
    )
    assert any(name.startswith("-") for name in names(features, "العدو فارسي", None))


@pytest.mark.parametrize(
    "line", ["كلمة", "كلمة\tverb\t*\tdoer\t1\t\t", "كلمة\tverb\t-\tboss\t1\t\t", "كلمة\tverb\t-\tdoer\t9"]
)
def test_a_broken_lexicon_is_refused_with_its_line(tmp_path, line):
    with pytest.raises(InputError, match="mine.tsv, line 1"):
        fitted(lexicon(tmp_path, line), "كلام")


def test_a_folder_without_a_lexicon_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"\.tsv files must be there"):
        fitted(Lexicon(path=str(tmp_path)), "كلام")


@pytest.mark.parametrize("classifier", [LogisticRegression(), linear_svm(folds=2)])
def test_the_addends_of_the_words_sum_to_the_linear_score(toy, classifier):
    pipeline = classifier_pipeline(combined(), classifier).fit(toy, toy["stance"])
    readings = pipeline["read"].transform(toy)
    stances = list(toy["stance"])
    matrix = pipeline["features"].transform(readings)
    coefficients = stance_coefficients(pipeline["classifier"])
    wanted = [(matrix[row] @ coefficients[stance]).item() for row, stance in enumerate(stances)]
    assert [addends.sum() for addends in word_addends(pipeline, readings, matrix, stances)] == pytest.approx(
        wanted, abs=1e-5
    )


def test_evidence_is_the_word_that_tells_and_none_for_neutral(toy):
    pipeline = classifier_pipeline(combined(), LogisticRegression()).fit(toy, toy["stance"])
    readings = pipeline["read"].transform(toy)
    spans = evidence(pipeline, readings, pipeline["features"].transform(readings), list(toy["stance"]))
    for sentence, stance, found in zip(toy["sentence"], toy["stance"], spans, strict=True):
        told = " ".join(sentence[start:end] for start, end in found)
        assert (
            told == "" if stance == "neutral" else {"against": "الانقلابي", "favor": "البطل"}[stance] in told
        )


def test_features_survive_being_saved(toy, tmp_path):
    pipeline = classifier_pipeline(combined(), LogisticRegression()).fit(toy, toy["stance"])
    skops.io.dump(pipeline, tmp_path / "pipeline.skops")
    unknown = skops.io.get_untrusted_types(file=tmp_path / "pipeline.skops")
    again = skops.io.load(tmp_path / "pipeline.skops", trusted=unknown)
    assert np.allclose(again.predict_proba(toy), pipeline.predict_proba(toy))


def test_same_seed_same_figures(toy):
    first, second = (
        classifier_pipeline(Window(), linear_svm(folds=2)).fit(toy, toy["stance"]) for _ in range(2)
    )
    assert (first.predict_proba(toy) == second.predict_proba(toy)).all()


def test_within_the_mention_a_name_frames_nobody_and_a_designation_does(tmp_path):
    lexicon(tmp_path, "حوثي\tdesignation\t-\tnamed\t1", "الانقلابيون\tdesignation\t-\tnamed\t3")
    features = fitted(Lexicon(path=str(tmp_path)), "وصل الحوثيون", "وصل الانقلابيون")
    assert names(features, "قال الحوثيون كلمة", "الحوثيون") == []
    assert names(features, "قال الانقلابيون كلمة", "الانقلابيون")[0] == "- named Rin"
    assert names(features, "قال الحوثي كلمة", "كلمة")
