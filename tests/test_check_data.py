from test_facts import SENTENCES, frame

from training.check_data import copies_between


def test_a_near_copy_over_the_split_is_named_and_another_is_not():
    lines = list(copies_between(frame(SENTENCES[1:3]), frame(SENTENCES[:1]), "test"))
    assert lines[0] == "test: 1 of 2 sentences have a near copy in train"
    assert SENTENCES[0] in lines[1] and len(lines) == 2
