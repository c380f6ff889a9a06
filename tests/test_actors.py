import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.actors import Gazetteer, read_forms
from training.schema import InputError


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(read_forms())


def found(gazetteer, *sentences):
    return [
        (mention.actor, sentence[mention.start : mention.end])
        for sentence, mentions in zip(sentences, gazetteer.find(sentences), strict=True)
        for mention in mentions
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("وسلحت روسيا عصابات الانقلابي خليفة حفتر", [("روسيا", "روسيا"), ("خليفة حفتر", "خليفة حفتر")]),
        ("ولحفتر أنصار", [("خليفة حفتر", "حفتر")]),
        ("وللسعودية موقف من قَطَــر", [("السعودية", "للسعودية"), ("قطر", "قَطَــر")]),
        ("قالت تركيا إن داعش خطر", [("تركيا", "تركيا"), ("تنظيم الدولة الإسلامية", "داعش")]),
        ("ردت القيادة الروسية أمس", [("روسيا", "القيادة الروسية")]),
        ("أعلنت وزارة الدفاع الروسية الهدنة", [("روسيا", "وزارة الدفاع الروسية")]),
        ("وصل الوفد إلى مطار القاهرة في مصر", []),
        ("أدانت القاهرة الهجوم", [("مصر", "القاهرة")]),
        ("ولوزارة التجارة الروسية رأي", [("روسيا", "وزارة التجارة الروسية")]),
        ("القاهرة (المدار) - رفضت مصر ذلك", [("مصر", "مصر")]),
        ("الحرب الروسية طالت", []),
        ("تمرين في خليج عمان", []),
        ("وقال سليما إن شيئا حدث", []),
        ("قال الرئيس الروسي فلاديمير بوتين", [("فلاديمير بوتين", "فلاديمير بوتين")]),
    ],
)
def test_finds_what_a_reader_would(gazetteer, sentence, expected):
    assert found(gazetteer, sentence) == expected


def test_a_weak_form_needs_its_full_name_before_and_means_the_one_named_last(tmp_path):
    user = tmp_path / "mine.yaml"
    user.write_text(
        "- {name: سالم الزنتاني, type: person, weak: [الزنتاني]}\n"
        "- {name: مراد الزنتاني, type: person, weak: [الزنتاني]}\n",
        "utf-8",
    )
    mine = Gazetteer(read_forms(str(user)))
    assert found(mine, "قال الزنتاني") == []
    text = ["وصل سالم الزنتاني", "قال الزنتاني", "وغادر مراد الزنتاني", "فرد الزنتاني"]
    assert [actor for actor, _ in found(mine, *text)] == ["سالم الزنتاني"] * 2 + ["مراد الزنتاني"] * 2


def test_the_title_stands_outside_the_mention(tmp_path):
    user = tmp_path / "mine.yaml"
    user.write_text(
        "- {name: سالم الزنتاني, type: person, aliases: [المشير الزنتاني], weak: [الزنتاني]}\n", "utf-8"
    )
    assert found(Gazetteer(read_forms(str(user))), "وصل المشير الزنتاني") == [("سالم الزنتاني", "الزنتاني")]


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("- {name: ليبيا, type: state}\n", "entry 1: a name must stand once"),
        ("- {name: جديد, type: person, aliases: [حفتر]}\n", "a form must have one actor"),
        ("- {name: جديد, type: animal}\n", "type must be one of"),
        ("- {name: جديد, type: person, nick: [س]}\n", "keys must be"),
        ("- {type: person}\n", "must have a name"),
        ("- {name: [", "must be YAML"),
        ("name: جديد\n", "must be a list of actors"),
    ],
)
def test_a_broken_gazetteer_is_refused_in_one_sentence(tmp_path, yaml, message):
    user = tmp_path / "mine.yaml"
    user.write_text(yaml, "utf-8")
    with pytest.raises(InputError, match=message):
        read_forms(str(user))


def test_a_missing_gazetteer_is_refused():
    with pytest.raises(InputError, match="must be there"):
        read_forms("nowhere.yaml")


def test_what_is_saved_is_what_is_loaded(gazetteer, tmp_path):
    gazetteer.save(tmp_path / "forms.json")
    assert Gazetteer.load(tmp_path / "forms.json").forms == gazetteer.forms


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from("ال روسيا و حفتر لمصر «داعش» خليفة ، . في القوات الروسية".split()), max_size=12)
)
def test_mentions_lie_in_order_inside_the_sentence(words):
    sentence = " ".join(words)
    mentions = GAZETTEER.find([sentence])[0]
    ends = [0, *(mention.end for mention in mentions)]
    assert all(before <= m.start < m.end <= len(sentence) for before, m in zip(ends, mentions, strict=False))
    for mention in mentions:
        assert GAZETTEER.find([sentence])[0] == mentions
        assert mention.actor in GAZETTEER.by_actor


GAZETTEER = Gazetteer(read_forms())


def test_a_given_actor_is_found_listed_or_not(gazetteer):
    assert gazetteer.mentions("ثم قال للسيد مالك الورفلي", "مالك الورفلي") == [(13, 25)]
    assert gazetteer.mentions("وقال حفتر", "خليفة حفتر") == [(5, 9)]
    assert gazetteer.mentions("وقال الوزير", "خليفة حفتر") == []
