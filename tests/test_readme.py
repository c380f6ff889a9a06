"""Every command of the README runs as it stands there."""

import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from conftest import SHARED

from training.data import bundled, write_rows
from training.predict import COLUMNS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = sorted(
    set(re.findall(r"make (train|evaluate|predict|check-data|suspects) ARGS=\"([^\"]+)\"", README))
)


@pytest.fixture(scope="module")
def place(workplace):
    """The newcomer's folder with the files that the README speaks of."""
    article = "وأرسلت روسيا شحنة وقود إلى ميليشيات الانقلابي خليفة حفتر قرب الميناء."
    workplace.write("article.txt", article)
    workplace.write("archive.csv", f"article_id,title,text\na,عنوان,{article}\n")
    workplace.write("my_actors.yaml", "- {name: مالك الورفلي, type: person}\n")
    labels = bundled(contrast=False).select(range(1200)).to_pandas()
    write_rows(labels, workplace.folder / "labels.jsonl")
    return workplace


def every(file, step, to, separator=","):
    """Every ``step``-th row of a set's file."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".jsonl":
        to.write_text("\n".join(file.read_text("utf-8").splitlines()[::step]), "utf-8")
    else:
        rows = pd.read_csv(file, sep=separator, dtype=str, keep_default_na=False)
        rows[::step].to_csv(to, sep=separator, index=False)


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    """The published sets, where they lie, made small; real news whole, for its labels are joined whole."""
    real, small = SHARED / "datasets", tmp_path_factory.mktemp("sets")
    if not real.is_dir():
        pytest.skip("the published sets are not here")
    for name, step in {
        "mawqif": 2,
        "arsarcasm_v2": 8,
        "newsmtsc": 8,
        "rusentne": 6,
        "arabic_news_actors": 1,
    }.items():
        for file in [*real.glob(f"{name}/*.csv"), *real.glob(f"{name}/*.jsonl")]:
            every(file, step, small / name / file.name, "\t" if name == "rusentne" else ",")
    for part in ("train", "test"):
        folder = f"arabicstancex/Stance_task/{part}"
        topic = sorted((real / folder).glob("*/*.json"))[0].relative_to(real)
        (small / topic).parent.mkdir(parents=True)
        (small / topic).write_bytes((real / topic).read_bytes())
    return small


@pytest.mark.parametrize(("name", "words"), COMMANDS)
def test_the_command_runs(place, name, words, request):
    wanted = re.search(r"experiment=(?!grid)|annotated_news|newsmtsc", words)
    given = {"STANCE_DATA": str(request.getfixturevalue("sets"))} if wanted else {}
    small = ["actor_use=false"] if name == "train" and words != "--help" else []
    if re.search(r"experiment=grid|-m features", words):
        small += [
            "data=examples",
            "data.path=labels.jsonl",
            "model=majority,logistic",
            "features=lexicon,ngrams",
        ]
    typed = re.sub(r"(=\w+,\w+),[\w,]+", r"\1", words) if "experiment" not in words else words
    done = place.command(name.replace("-", "_"), *shlex.split(typed), *small, **given)
    assert done.returncode == 0, done.stderr
    assert done.stdout and "no run was scored" not in done.stdout
    if words == "data=examples data.path=labels.jsonl" and name == "train":
        assert "was scored on other data" in done.stdout


def test_the_example_row_has_every_column():
    row = json.loads(re.search(r"```json\n(.*?)```", README, re.S).group(1))
    assert list(row) == list(COLUMNS)
    for span in [*row["evidence"], *row["mentions"]]:
        assert row["sentence"][span["start"] : span["end"]] == span.get("text", row["actor"])


def test_the_python_of_the_readme_runs(place):
    code = re.search(r"```python\n(.*?)```", README, re.S).group(1)
    done = place.python("-c", code.replace("model.predict", "print(model.predict") + ")")
    assert done.returncode == 0, done.stderr
    assert "against" in done.stdout


def test_make_passes_the_words_and_helps():
    told = make("help")
    assert all(f"make {name}" in told for name in "help train evaluate predict ui test check".split())
    assert "training.train seed=7 model.C=2" in make(
        "-n", "-o", ".venv/ready", "train", "ARGS=seed=7 model.C=2"
    )


def make(*words):
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_ui_serves_the_runs_on_this_machine_alone(place):
    recipe = make("-n", "-o", ".venv/ready", "ui", "PORT=5917")
    assert "--host 127.0.0.1" in recipe
    server = subprocess.Popen(
        recipe.replace(".venv/bin", str(ROOT / ".venv/bin")),
        shell=True,
        cwd=place.folder,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert b"MLflow" in _get("http://127.0.0.1:5917")
        if shutil.which("chromium"):
            compare_view(place)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def compare_view(place):
    """The UI's compare view in a browser shows the runs by name, with what tells them apart."""
    with sqlite3.connect(place.folder / "mlflow.db") as store:
        query = "select run_uuid, runs.name, experiment_id from runs join experiments using (experiment_id)"
        runs = store.execute(f"{query} where experiments.name = 'stance-bundled-event'").fetchall()[:3]
    words = [
        json.dumps(sorted({str(value) for value in column})) for column in list(zip(*runs, strict=True))[::2]
    ]
    query = urllib.parse.urlencode({"runs": words[0], "experiments": words[1]})
    page = f"http://127.0.0.1:5917/#/compare-runs?{query}&workflowType=machine_learning"
    browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000"]
    shown = subprocess.run([*browser, "--dump-dom", page], capture_output=True, text=True, timeout=120).stdout
    assert f"Comparing {len(runs)} Runs" in shown or len(runs) == 1
    assert all(name in shown for _, name, _ in runs) and "behaviour/all" in shown


def _get(url):
    for _ in range(120):
        try:
            return urllib.request.urlopen(url, timeout=5).read()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{url} did not answer")
