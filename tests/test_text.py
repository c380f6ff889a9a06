import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.text import normalise, occurrences, offsets, original_span, sentences, words

arabic = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئـًٌٍَُِّْٰ ١٢٣4.،؟ﻻﷲ«»ک\u200f"), max_size=60)
anything = st.one_of(arabic, st.text(max_size=40))


@given(anything)
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(arabic)
def test_unicode_forms_of_one_text_normalise_alike(text):
    forms = {normalise(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {normalise(text)}


@given(anything)
def test_offsets_lead_back_in_order_to_what_was_normalised(text):
    back = offsets(text)
    assert len(back) == len(normalise(text)) and back == sorted(back)
    for at, char in enumerate(normalise(text)):
        assert char in normalise(text[back[at]])


@given(anything)
def test_the_original_span_of_a_word_normalises_to_that_word(text):
    plain = normalise(text)
    for start, end in words(plain):
        first, last = original_span(text, offsets(text), start, end)
        assert plain[start:end] in normalise(text[first:last])


@pytest.mark.parametrize("spelling", ["إلى", "الى", "إلــى", "إِلَى", "الي", "إلی"])
def test_spellings_of_one_word_fold_together(spelling):
    assert normalise(spelling) == "الي"


line = st.lists(
    st.sampled_from(
        [
            "قال الوزير",
            "نعم",
            "«لا. لن»",
            '"لا! لن"',
            ".",
            "؟",
            "…",
            "!",
            "3.5",
            "أ.",
            "\n",
            " ",
            "«",
            '"',
            "،",
        ]
    )
).map(" ".join)


@settings(max_examples=200)
@given(st.one_of(line, anything))
def test_sentences_stand_in_order_apart_and_lose_no_word(text):
    found = sentences(text)
    ends = [0, *(sentence.end for sentence in found)]
    assert all(before <= sentence.start < sentence.end for before, sentence in zip(ends, found, strict=False))
    kept = [text[sentence.start : sentence.end] for sentence in found]
    assert all(piece == piece.strip() for piece in kept)
    assert sum(map(str.isalnum, text)) == sum(map(str.isalnum, "".join(kept)))


def split(text):
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد. وغادر الوزير؟ نعم!", ["وصل الوفد.", "وغادر الوزير؟", "نعم!"]),
        ("بلغ النمو 3.5 بالمئة. وتراجع العجز.", ["بلغ النمو 3.5 بالمئة.", "وتراجع العجز."]),
        ("قال د. سعيد العلي. ثم صمت.", ["قال د. سعيد العلي.", "ثم صمت."]),
        ("ذكرت أ. ف. ب. أن الوفد غادر.", ["ذكرت أ. ف. ب. أن الوفد غادر."]),
        ("قال: «انتهى الأمر. لن نعود» وغادر. وصمتوا.", ["قال: «انتهى الأمر. لن نعود» وغادر.", "وصمتوا."]),
        ('قال: "انتهى الأمر. لن نعود" وغادر.', ['قال: "انتهى الأمر. لن نعود" وغادر.']),
        ("قال: «انتهى الأمر. لن نعود وغادر.", ["قال: «انتهى الأمر.", "لن نعود وغادر."]),
        ("انتهى الأمر.وعاد الوفد إلى القاهرة.", ["انتهى الأمر.", "وعاد الوفد إلى القاهرة."]),
        ("نشر موقع alarab.co.uk الخبر أمس.", ["نشر موقع alarab.co.uk الخبر أمس."]),
        ("وما حدث... ونحن نشهد.", ["وما حدث...", "ونحن نشهد."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert split(text) == expected


def test_headings_bylines_and_boilerplate_are_told_apart():
    text = "الميدان\nوصل الوفد إلى القاهرة.\nمحادثات متعثرة\nوغادر مساء.\nبقلم: سعيد العلي\nشاركه مع أصدقائك!"
    assert [s.kind for s in sentences(text)] == [
        "byline",
        "body",
        "headline",
        "body",
        "byline",
        "boilerplate",
    ]


def test_occurrences_are_words_and_a_proclitic_may_stand_before():
    text = "ولشي رأي، وشيء آخر، وبالشي"
    assert [text[a:b] for a, b in occurrences(text, "شي")] == ["شي"]
    assert occurrences(text, "بكين") == []
