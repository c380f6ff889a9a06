"""Runs compared: the command as it is typed, the rows brought together, the page."""

import sqlite3

import pandas as pd
import pytest

from training.compare import aligned, check_task
from training.report import compare_page
from training.schema import InputError

ROWS = pd.DataFrame(
    [("s1", "تركيا", "favor", "favor"), ("s1", "مصر", "against", "neutral"), ("s2", "مصر", "favor", "favor")],
    columns=["sentence_id", "actor", "given", "predicted"],
)


def test_the_rows_are_brought_together_whatever_their_order():
    theirs = aligned(ROWS, ROWS[::-1].reset_index(drop=True), "a", "b")
    assert theirs["predicted"].tolist() == ROWS["predicted"].tolist()


@pytest.mark.parametrize(
    "other", [ROWS[:2], ROWS.assign(given="neutral"), ROWS.assign(actor="قطر"), ROWS.drop(columns="actor")]
)
def test_runs_on_other_rows_are_refused(other):
    with pytest.raises(InputError, match="runs a and b: both must have answered the same rows"):
        aligned(ROWS, other, "a", "b")


def test_a_run_of_another_task_is_refused():
    check_task(ROWS, "a", "stance")
    with pytest.raises(InputError, match="run a: must be one of sentiment, found the label against"):
        check_task(ROWS, "a", "sentiment")


def test_the_page_escapes_what_comes_from_the_data():
    told = dict.fromkeys(
        ("difference", "difference_low", "difference_high", "p_randomisation", "p_mcnemar"), 0.01
    )
    told |= {"only_first": 1, "only_second": 2, "n": 3}
    rows = ROWS.assign(other="neutral", sentence="<script>alert('نص')</script>")
    page = compare_page(("one", "id1"), [("two", "id2", told, rows)], "test", "macro_f1")
    assert "<script>" not in page and "&lt;script&gt;" in page and "مصر" in page


def test_a_run_is_compared_with_the_champion(empty):
    for model in ("logistic", "majority"):
        words = ["features=lexicon", f"model={model}", "actor_use=false", "seed=3"]
        done = empty.command("train", *empty.small(), *words)
        assert done.returncode == 0, done.stderr
    with sqlite3.connect(empty.folder / "mlflow.db") as store:
        (run,) = store.execute("select run_uuid from runs where name like '%majority%'").fetchone()
    done = empty.command("compare", f"runs=[{run}]", "output=page.html")
    assert done.returncode == 0, done.stderr
    assert "lexicon-majority-seed3 against lexicon-logistic-seed3: macro_f1 -" in done.stdout
    page = (empty.folder / "page.html").read_text("utf-8")
    assert "lexicon-logistic-seed3" in page and 'dir="auto"' in page and "p, McNemar" in page
    with sqlite3.connect(empty.folder / "mlflow.db") as store:
        named = {key for (key,) in store.execute("select key from metrics where run_uuid = ?", (run,))}
    assert {"compare/difference", "compare/p_randomisation", "compare/p_mcnemar"} <= named
    for words, message in (
        ([f"runs=[{run}]", "part=dev"], "its answers to dev must be in"),
        ([f"runs=[{run}]", "metric=f7"], "metric must be one of macro_f1"),
        ([f"runs=[{run},{run}]"], "runs must be different ones"),
        ([f"runs=[{run}]", "output=no/page.html"], "folder must be there"),
    ):
        refused = empty.command("compare", *words)
        assert refused.returncode == 2 and message in refused.stderr and "Traceback" not in refused.stderr
