"""The datasheet: its figures are those of the corpus as it stands, and the corpus keeps its own rules."""

import datasets
import pytest

from training.data import bundled, second_labels
from training.datasheet import BEGIN, DATASHEET, END, tables, write
from training.facts import copies, with_proclitic
from training.metrics import agreement, matched
from training.schema import EXAMPLES, InputError

PAIRS = bundled(contrast=False).to_pandas()


def test_the_figures_are_the_corpuss_own():
    text = DATASHEET.read_text("utf-8")
    assert text.split(BEGIN)[1].split(END)[0].strip() == "\n\n".join(tables()), "type: make corpus"


def test_the_corpus_keeps_its_rules():
    sentences = bundled(False, "sentiment").to_pandas()
    assert copies(list(sentences["sentence"])).empty and with_proclitic(PAIRS).empty
    assert sentences.groupby("article_id")["event"].nunique().max() == 1
    assert not PAIRS.duplicated(["sentence_id", "actor"]).any()


def test_figures_go_between_the_marks_and_nowhere_else(tmp_path):
    file = tmp_path / "sheet.md"
    file.write_text(f"one\n{BEGIN}\nold\n{END}\ntwo\n", "utf-8")
    write("new", file)
    assert file.read_text("utf-8") == f"one\n{BEGIN}\nnew\n{END}\ntwo\n"
    file.write_text("no marks", "utf-8")
    with pytest.raises(InputError, match="must hold the lines"):
        write("new", file)


def test_the_corpus_is_exported_in_the_contracts_features(empty):
    done = empty.command("datasheet", "output=exported", "contrast=false")
    assert done.returncode == 0, done.stderr
    assert "kappa stance" in done.stdout and "| الولايات المتحدة |" in done.stdout
    again = empty.command("datasheet", "output=exported")
    assert again.returncode == 2 and "must be a folder that is not there yet" in again.stderr
    parts = datasets.load_from_disk(empty.folder / "exported")
    assert parts["test"].features == EXAMPLES and sum(map(len, parts.values())) == len(PAIRS)


def test_an_annotator_agrees_with_itself_and_by_chance_with_none():
    alone = agreement(PAIRS[:2000], PAIRS[:2000])
    assert alone["kappa_stance"] == alone["f1_mentions"] == alone["f1_evidence"] == 1
    turned = PAIRS[:2000].assign(stance=PAIRS["stance"][:2000].sample(frac=1, random_state=0).to_numpy())
    told = agreement(PAIRS[:2000], turned)
    assert told["kappa_stance_low"] < 0.03 and told["kappa_stance_high"] > -0.03


def test_pairs_are_matched_by_overlap_whatever_the_names():
    second = PAIRS[:50].assign(actor="أحد")[::-1]
    pairs = matched(PAIRS[:50], second)
    assert len(pairs) == 50 and (pairs["stance"] == pairs["stance_second"]).all()


def test_a_second_label_of_no_sentence_is_refused(tmp_path):
    file = tmp_path / "second.jsonl"
    label = '{"article_id": "%s", "position": 0, "sentiment": "neutral", "actors": []}\n'
    file.write_text(label % "none", "utf-8")
    with pytest.raises(InputError, match="line 1: must label .* no such sentence: none-0"):
        second_labels(path=str(file))
    file.write_text(label % "analysis-010" * 2, "utf-8")
    with pytest.raises(InputError, match="line 2: .* labelled twice: analysis-010-0"):
        second_labels(path=str(file))
