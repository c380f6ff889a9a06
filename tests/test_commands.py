"""End to end, as a newcomer types: train, evaluate, predict, load the model elsewhere; and every refusal."""

import json
import sqlite3

import pandas as pd
import pytest

from training.data import bundled, write_rows
from training.schema import LABELS, STANCES

ARTICLE = """صحيفة الميدان
وصل وفد من تركيا إلى القاهرة يوم الثلاثاء لبحث ملفات التجارة.
وأرسلت روسيا شحنة وقود إلى ميليشيات الانقلابي خليفة حفتر قرب الميناء.
شاركه مع أصدقائك!
"""


def rows(place, name):
    return [json.loads(line) for line in (place.folder / name).read_text("utf-8").splitlines()]


def refused(done, *words):
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_train_prints_its_scores_and_leaves_a_champion(workplace):
    printed = workplace.trained.stdout
    assert "validation" in printed and "test" in printed and "champion: the first model" in printed
    with sqlite3.connect(workplace.folder / "mlflow.db") as store:
        params = dict(store.execute("select key, value from params"))
        metrics = {key for (key,) in store.execute("select key from metrics")}
        (status,) = store.execute("select status from runs").fetchone()
        (experiment,) = store.execute("select name from experiments where name != 'Default'").fetchone()
        parts = {name for (name,) in store.execute("select name from datasets")}
    assert (
        status == "FINISHED"
        and experiment == "stance-bundled-event"
        and parts == {"train", "validation", "test"}
    )
    assert params["features"] == "combined" and params["model"] == "logistic" and params["seed"] == "0"
    assert {"validation/macro_f1", "test/f1_favor_low", "test/n", "fit_seconds"} <= metrics
    assert {"test/recall_favor_high", "test/ece", "test/brier"} <= metrics
    folder = next(workplace.folder.glob("mlruns/**/test/answers.parquet")).parent
    tables = ("actor", "outlet", "voice", "register", "length", "mixed", "seen_actor")
    assert all((folder / f"by_{name}.json").is_file() for name in tables)
    answers = pd.read_parquet(folder / "answers.parquet")
    assert len(answers) > 2900 and "sentence" not in answers and set(answers["given"]) == set(STANCES)
    assert not any("path" in key for key in params)


def test_predict_reads_an_article(workplace):
    done = workplace.command(
        "predict", "input=" + workplace.write("article.txt", ARTICLE), "output=read.jsonl"
    )
    assert done.returncode == 0, done.stderr
    read = rows(workplace, "read.jsonl")
    assert [row["actor"] for row in read] == ["تركيا", "روسيا", "خليفة حفتر"]
    for row in read:
        assert ARTICLE[row["start"] : row["end"]] == row["sentence"] and row["kind"] == "body"
        assert row["p_against"] + row["p_neutral"] + row["p_favor"] == pytest.approx(1)
        assert all(row["sentence"][e["start"] : e["end"]] == e["text"] for e in row["evidence"])
    haftar = read[2]
    assert haftar["stance"] == "against"
    assert "الانقلابي" in " ".join(span["text"] for span in haftar["evidence"])
    assert read[0]["stance"] == "neutral" and read[0]["evidence"] == []


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_predict_reads_and_writes_every_form(workplace, ending):
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "title": ["روسيا تدين الهجوم", None],
            "text": [ARTICLE, "زار المبعوث سوق الخضار."],
        }
    )
    given, wanted = workplace.folder / f"articles{ending}", workplace.folder / f"read{ending}"
    writers = {".csv": articles.to_csv, ".parquet": articles.to_parquet}
    if ending == ".jsonl":
        articles.to_json(given, orient="records", lines=True, force_ascii=False)
    else:
        writers[ending](given, index=False)
    done = workplace.command("predict", f"input={given.name}", f"output={wanted.name}")
    assert done.returncode == 0, done.stderr
    from training.data import records

    read = [row for _, row in records(wanted)]
    assert [row["sentence_id"] for row in read] == ["a-0", "a-2", "a-3", "a-3"]
    assert read[0]["kind"] == "headline" and read[0]["start"] is None
    assert read[0]["mentions"] == [{"start": 0, "end": 5}]


def test_evaluate_writes_flat_scores_and_logs_them(workplace):
    label = {"article_id": "a", "sentence_id": "a-1", "sentence": "أشاد الوزير بتركيا", "actor": "تركيا"}
    label |= {"mentions": [{"start": 13, "end": 18}], "stance": "favor"}
    workplace.write("mine.jsonl", json.dumps(label, ensure_ascii=False))
    done = workplace.command("evaluate", "data=examples", "data.path=mine.jsonl", "output=metrics.json")
    assert done.returncode == 0, done.stderr
    scores = json.loads((workplace.folder / "metrics.json").read_text())
    assert {"macro_f1", "f1_against", "f1_neutral", "f1_favor", "accuracy", "n"} <= set(scores)
    assert scores["n"] == 1 and all(isinstance(value, int | float) for value in scores.values())
    refused(workplace.command("evaluate", "data=bundled"), "part=test")


ELSEWHERE = """
import sys
assert not any("{repository}" == path for path in sys.path)
import mlflow, pandas
model = mlflow.pyfunc.load_model("models:/stance@champion")
import training
assert "{repository}" not in training.__path__[0], training.__path__
frame = pandas.DataFrame({{
    "sentence": ["وسلحت روسيا عصابات الانقلابي خليفة حفتر", "قال العميد مالك الورفلي كلمة", "لا أحد هنا"],
    "actor": ["خليفة حفتر", "مالك الورفلي", "تركيا"],
}})
answers = model.predict(frame)
print(answers.to_json(orient="records", force_ascii=False))
given = model.predict(frame.assign(mentions=[[{{"start": 6, "end": 11}}], [], []]))
print(given["found"].to_list())
"""


def test_the_saved_model_stands_alone(workplace, empty):
    """In another folder, with the project's package out of reach: the model brings its code."""
    import training

    repository = str(training.__path__[0]).rsplit("/", 1)[0]
    script = empty.write(
        "load.py", BLOCK.format(repository=repository) + ELSEWHERE.format(repository=repository)
    )
    done = empty.python(script, MLFLOW_TRACKING_URI=f"sqlite:///{workplace.folder}/mlflow.db")
    assert done.returncode == 0, done.stderr
    answers, given = map(
        json.loads, done.stdout.replace("True", "true").replace("False", "false").splitlines()
    )
    assert [answer["found"] for answer in answers] == [True, True, False]
    assert answers[0]["stance"] == "against" and answers[0]["evidence"]
    assert set(answers[0]) == {"stance", "p_against", "p_neutral", "p_favor", "evidence", "found"}
    assert given == [True, False, False]
    artifacts = next(workplace.folder.glob("mlruns/**/pipeline.skops")).parents[1]
    assert sum(file.stat().st_size for file in artifacts.rglob("*") if file.is_file()) < 30e6
    assert not list(artifacts.rglob("*.pkl")) and not list(artifacts.rglob("corpus"))


#: An editable install puts the repository within reach of every process: take it out again.
BLOCK = """
import sys
sys.path = [path for path in sys.path if path != "{repository}"]
sys.meta_path = [finder for finder in sys.meta_path if "editable" not in repr(finder).lower()]
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ('{"article_id": "a", "text": "نص"}\n{"article_id": ', "line 2"),
        ('{"article_id": "a"}', "text must be given"),
        ('{"article_id": "a", "text": "نص"}\n{"article_id": "a", "text": "نص"}', "must stand once"),
        ("[1]", "must be one JSON object"),
    ],
)
def test_predict_refuses_broken_articles(workplace, text, message):
    done = workplace.command(
        "predict", "input=" + workplace.write("bad.jsonl", text), "output=bad_read.jsonl"
    )
    refused(done, "bad.jsonl", message)
    assert not list(workplace.folder.glob("*bad_read*"))


def test_predict_refuses_what_it_cannot_read_or_write(workplace):
    workplace.write("fine.txt", ARTICLE)
    refused(workplace.command("predict", "input=nowhere.txt"), "nowhere.txt", "found none")
    refused(workplace.command("predict"), "input must be given")
    refused(workplace.command("predict", "input=fine.txt", "output=read.docx"), "must end in")
    refused(workplace.command("predict", "input=fine.txt", "output=no/read.csv"), "folder must be there")
    refused(workplace.command("predict", "input=fine.txt", "run=0123456789"), "run 0123456789")


def test_without_a_champion_predict_and_evaluate_say_so(empty):
    empty.write("fine.txt", ARTICLE)
    refused(empty.command("predict", "input=fine.txt"), "a champion of stance must be registered")


LABEL = '{"article_id": "a", "sentence_id": "s", "sentence": "وصل حفتر", "actor": "حفتر", %s}\n'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (LABEL % '"mentions": [{"start": 4, "end": 8}], "stance": "hostile"', "against, neutral, favor"),
        (LABEL % '"mentions": [{"start": 4, "end": 80}], "stance": "against"', "inside the sentence"),
        (LABEL % '"mentions": [{"start": 4, "end": 8}]', "stance must be given"),
    ],
)
def test_broken_labels_fail_the_run_with_one_sentence(workplace, line, message):
    workplace.write("labels.jsonl", line)
    refused(
        workplace.command("evaluate", "data.path=labels.jsonl", "output=unwritten.json"), "line 1", message
    )
    assert not list(workplace.folder.glob("*unwritten*"))
    refused(workplace.command("train", "data=examples", "data.path=labels.jsonl"), "line 1", message)
    with sqlite3.connect(workplace.folder / "mlflow.db") as store:
        last = store.execute("select status from runs order by start_time desc limit 1").fetchone()
    assert last == ("FAILED",)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["model.C=-1"], "must be a float"),
        (["metric=f2"], "metric must be one of macro_f1"),
        (["features=window", "features.width=wide"], "must be an int"),
        (["split.column=colour"], "split.column must be one of"),
        (["split.test=2"], "every part must hold rows"),
        (["actors.path=none.yaml"], "none.yaml"),
    ],
)
def test_train_refuses_settings_that_cannot_be(workplace, words, message):
    refused(workplace.command("train", "features=lexicon", *workplace.small(), *words), message)


def test_sentiment_is_trained_scored_and_told_beside_stance(empty):
    small = ["features=lexicon", *empty.small(), "split=article", "actor_use=false"]
    for task in ("stance", "sentiment"):
        done = empty.command("train", f"task={task}", *small)
        assert done.returncode == 0 and f"registered as {task} version 1" in done.stdout, done.stderr
    done = empty.command("evaluate", "task=sentiment", *small[1:3], "output=scores.json")
    assert done.returncode == 0 and "negative" in done.stdout, done.stderr
    assert {"f1_positive", "f1_pn"} <= set(json.loads((empty.folder / "scores.json").read_text()))
    empty.write("article.txt", ARTICLE)
    assert empty.command("predict", "input=article.txt", "output=read.jsonl").returncode == 0
    for row in rows(empty, "read.jsonl"):
        assert row["sentiment"] in LABELS["sentiment"] and 1 / 3 <= row["p_sentiment"] <= 1
    with sqlite3.connect(empty.folder / "mlflow.db") as store:
        (run,) = store.execute("select run_uuid from tags where key = 'task' and value = 'stance'").fetchone()
    words = ["evaluate", "task=sentiment", *small[1:3], f"run={run}"]
    refused(empty.command(*words), "must be one of sentiment")


def test_several_corpora_train_one_model_and_keep_their_parts(empty):
    for name, start in (("one", 0), ("two", 3000)):
        labels = bundled(contrast=False).select(range(start, start + 1500)).to_pandas()
        write_rows(labels, empty.folder / f"{name}.jsonl")
    other = "{_target_:training.data.examples,path:two.jsonl,task:stance,weight:.5}"
    words = ["data=examples", "data.examples.path=one.jsonl", f"+data.other={other}"]
    done = empty.command("train", *words, "features=lexicon", "split=article")
    assert done.returncode == 0, done.stderr
    told = [line.split()[0] for line in done.stdout.splitlines()]
    with sqlite3.connect(empty.folder / "mlflow.db") as store:
        metrics = {key for (key,) in store.execute("select key from metrics")}
    assert {
        "test/flip_rate",
        "test/negative_spread",
        "test/hidden_macro_f1",
        "test/alone_macro_f1",
    } <= metrics
    assert told == "validation validation_other test test_other test behaviour registered".split()


def test_one_path_for_several_corpora_is_refused(workplace):
    words = ["data=[bundled,examples]", "data.path=labels.jsonl"]
    refused(workplace.command("train", *words), "for one corpus, found bundled, examples")
    refused(workplace.command("evaluate", "data=[bundled,annotated_news]"), "one corpus")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["data=newsmtsc", "task=sentiment"], "add task=stance"),
        (["data=arsarcasm_v2"], "add task=sentiment"),
    ],
)
def test_a_corpus_without_the_tasks_labels_is_refused(empty, words, message):
    header, row = "tweet,sentiment\n", "نص,NEG\n"
    target = {"from": 0, "to": 5, "mention": "Smith", "polarity": 2.0}
    record = {"primary_gid": "set_1_2_3", "sentence_normalized": "Smith lied.", "targets": [target]}
    for name in ("train", "devtest_rw"):
        empty.write(f"{name}.jsonl", json.dumps(record))
    for name in ("training_data", "testing_data"):
        empty.write(f"{name}.csv", header + row)
    refused(empty.command("train", *words, "data.path=."), message)


def test_a_label_missing_from_a_part_is_refused(workplace):
    rows = [
        LABEL.replace('"a"', f'"a{i}"').replace('"s"', f'"s{i}"')
        % f'"mentions": ["حفتر"], "part": "{part}", "stance": "{stance}"'
        for i, (part, stance) in enumerate(
            [("train", "favor"), ("train", "against"), ("validation", "favor"), ("test", "favor")]
        )
    ]
    workplace.write("lacking.jsonl", "".join(rows))
    refused(
        workplace.command("train", "data=examples", "data.path=lacking.jsonl"),
        "validation part: must hold against, favor, found no against in 1 rows",
    )


def test_a_worse_model_is_registered_but_not_champion(workplace):
    done = workplace.command("train", "features=lexicon", "model=majority", "actor_use=false")
    assert done.returncode == 0, done.stderr
    assert "not champion: against version 1, macro_f1 -" in done.stdout and "behaviour cases" in done.stdout


def test_refit_scores_validation_before_and_the_other_parts_after(empty):
    words = ["train", *empty.small(), "features=lexicon", "actor_use=false"]
    plain, again = (
        empty.command(*words, f"refit={refit}").stdout.splitlines() for refit in ("false", "true")
    )
    assert plain[0] == again[0] and plain[0].startswith("validation")
    assert plain[1] != again[1] and again[1].startswith("test")


def test_a_store_that_cannot_be_written_is_refused(workplace, empty):
    refused(empty.command("train", MLFLOW_TRACKING_URI="sqlite:////dev/null/mlflow.db"), "must answer there")
    read_only = f"sqlite:///file:{workplace.folder}/mlflow.db?mode=ro&uri=true"
    refused(empty.command("train", *empty.small(), MLFLOW_TRACKING_URI=read_only), "writable")


def test_promote_makes_a_version_champion_and_keeps_the_reason(empty):
    for model in ("logistic", "majority"):
        done = empty.command("train", *empty.small(), "features=lexicon", f"model={model}", "actor_use=false")
        assert done.returncode == 0, done.stderr
    done = empty.command("promote", "version=2", "reason=to see it fail")
    assert "promoted in place of version 1, by hand: to see it fail" in done.stdout
    with sqlite3.connect(empty.folder / "mlflow.db") as store:
        (page,) = store.execute("select description from model_versions where version = 2").fetchone()
        (alias,) = store.execute("select version from registered_model_aliases").fetchone()
        tags = [tag for (tag,) in store.execute("select value from model_version_tags where version = 2")]
    assert page.startswith("champion: promoted") and "| no fewer behaviour cases passed" in page
    assert alias == 2 and any("to see it fail" in tag for tag in tags)
    refused(empty.command("promote", "version=9", "reason=none"), "one of stance's, 1, 2, found 9")
    refused(empty.command("promote", "version=2", "reason=again"), "another than the champion's")
    refused(empty.command("promote", "version=1", "reason=''"), "reason must say why")
    refused(empty.command("promote", "version=1"), "reason must be given")


def test_a_run_is_reproduced_to_the_last_digit(empty):
    words = ["features=lexicon", "learning_curve=true", "actor_use=false"]
    done = empty.command("train", *empty.small(), *words)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(empty.folder / "mlflow.db") as store:
        (run,) = store.execute("select run_uuid from runs").fetchone()
        (page,) = store.execute("select value from tags where key = 'mlflow.note.content'").fetchone()
        steps = store.execute("select step from metrics where key = 'learning_curve/macro_f1'").fetchall()
    assert f"make reproduce RUN={run}" in page and "| behaviour" in page and len(steps) == 4
    assert next(empty.folder.glob("mlruns/**/learning_curve.png")).is_file()
    done = empty.command("reproduce", f"run={run}")
    assert f"reproduced run {run}" in done.stdout and "equal to the last digit" in done.stdout, done.stderr
    with sqlite3.connect(empty.folder / "mlflow.db") as store:
        again, metrics = dict(store.execute("select key, run_uuid from tags")), "select count(*) from metrics"
        (first,), (second,) = (
            store.execute(f"{metrics} where run_uuid = ?", (name,)).fetchone()
            for name in (run, again["reproduces"])
        )
    assert second == first - 1  # the saved model's size
    refused(empty.command("reproduce", "run=none"), "run none: a run must be in")
    empty.small(1199)
    refused(empty.command("reproduce", f"run={run}"), "part: must be the data of run")
    next(empty.folder.glob(f"mlruns/**/{run}/**/test/answers.parquet")).unlink()
    refused(empty.command("compare", f"runs=[{run},{again['reproduces']}]"), "its answers to test must be in")
