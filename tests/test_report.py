import pandas as pd
import pytest

from training.metrics import scores
from training.report import (
    bars_figure,
    confusion_figure,
    coverage_figure,
    reliability_figure,
    run_page,
    run_table,
    score_line,
    seed_metrics,
)


def run(words, point, metric="macro_f1"):
    parts = [f"metrics.{part}/" for part in ("validation", "test")]
    scores = {f"{part}{metric}{end}": point for part in parts for end in ("", "_low", "_high")}
    tags = {"tags.mlflow.runName": "named", "tags.metric": metric, "tags.words": words}
    return {**tags, "metrics.fit_seconds": 1.0, **scores, **dict.fromkeys((f"{part}n" for part in parts), 9)}


def test_the_table_of_runs_puts_the_best_validation_first_and_tells_what_differs():
    runs = [run("seed=1 model.C=1", 0.4), run("seed=1 model.C=2", 0.6), {"tags.mlflow.runName": "failed"}]
    lines = run_table(pd.DataFrame(runs)).splitlines()
    assert lines[0] == "| run | validation | test | n | fit, seconds |"
    assert lines[2] == "| model.C=2 | 60.0 (60.0-60.0) | 60.0 (60.0-60.0) | 9 / 9 | 1.0 |"
    assert lines[3].startswith("| model.C=1 |") and len(lines) == 4
    assert run_table(pd.DataFrame(runs[:1])).splitlines()[2].startswith("| named |")


def test_runs_of_other_seeds_stand_as_mean_and_deviation():
    runs = pd.DataFrame([run(f"seed={i} model.C={c}", 0.4 + i / 10) for i in range(3) for c in (1, 2)])
    below = run_table(runs).split("\n\n")[1].splitlines()
    assert below[0] == "| over seeds | runs | validation | test |"
    assert below[2] == "| model.C=1 | 3 | 50.0 ± 10.0 | 50.0 ± 10.0 |" and len(below) == 4
    assert seed_metrics(runs) == {}
    told = seed_metrics(runs[::2])
    assert told["test/macro_f1"] == pytest.approx(0.5) and told["test/macro_f1_deviation"] == pytest.approx(
        0.1
    )


def test_the_table_tells_metrics_apart():
    runs = [run("experiment=a", 0.4, "f1_pn"), run("experiment=b", 0.3), run("experiment=c", 0.5, "f1_pn")]
    lines = run_table(pd.DataFrame(runs)).splitlines()
    assert lines[0] == "| run | metric | validation | test | n | fit, seconds |"
    assert [line.split(" | ")[0] for line in lines[2:]] == [f"| experiment={name}" for name in "cab"]


def test_runs_without_scores_make_no_table():
    assert run_table(pd.DataFrame({"tags.mlflow.runName": ["failed"]})) == "no run was scored"


def test_a_score_line_reads_in_percent():
    scores = {"macro_f1": 0.5, "macro_f1_low": 0.4, "macro_f1_high": 0.6, "n": 7}
    scores |= {"f1_against": 0.1, "f1_neutral": 0.9, "f1_favor": 0.5}
    assert score_line("test", scores).split() == (
        "test macro_f1 50.0 (40.0 to 60.0) against 10.0 neutral 90.0 favor 50.0 n 7".split()
    )


def test_a_label_never_predicted_is_said_to_be_so():
    line = score_line("test", scores(["against", "favor"], ["against", "neutral"]))
    assert "favor 0.0 (never predicted)" in line and "neutral 0.0  " in line


def test_a_sweep_tells_what_answers_owe_to_the_actor_and_the_behaviour_cases():
    told = {"metrics.test/flip_rate": 0.2, "metrics.behaviour/name": 0.9, "metrics.behaviour/all": 0.4}
    runs = pd.DataFrame([run("model.C=1", 0.4) | told, run("model.C=2", 0.6)])
    _, use, behaviour = run_table(runs).split("\n\n")
    assert use.splitlines()[2].startswith("| model.C=1 | test | 9 | 40.0 (40.0-40.0) | - | - | - |")
    assert "| 20.0 |" in use and len(use.splitlines()) == 3
    assert behaviour.splitlines()[::2] == ["| behaviour | model.C=1 |", "| name | 90 |"]


def test_a_runs_page_tells_parts_in_order_and_the_commands():
    told = scores(["against", "favor"], ["against", "neutral"]) | {"brier": 0.2, "ece": 0.1}
    metrics = {f"{part}/{name}": value for part in ("test", "validation") for name, value in told.items()}
    page = run_page(metrics | {"behaviour/all": 0.5, "test/flip_rate": 0.1}, "seed=7 model.C=2", "abc")
    assert page.index("validation") < page.index("test") and "| all&emsp; | 50&emsp; |" in page
    assert "make train ARGS='seed=7 model.C=2'" in page and "make reproduce RUN=abc" in page


def test_the_bars_name_the_actors_most_frequent_on_top():
    table = pd.DataFrame({"actor": ["تركيا", "مصر"], "n": [60, 9], "macro_f1": [0.5, 0.7]})
    axes = bars_figure(table.assign(macro_f1_low=[0.4, None], macro_f1_high=[0.6, None])).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["مصر  (9)", "تركيا  (60)"]


def test_the_confusion_figure_names_both_axes():
    axes = confusion_figure(["against", "favor"], ["against", "neutral"]).axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("predicted", "given")


@pytest.mark.parametrize("figure", [reliability_figure, coverage_figure])
def test_the_figures_of_certainty_are_drawn_for_right_and_wrong_answers(figure):
    sure = pd.DataFrame({"against": [0.9, 0.2], "favor": [0.1, 0.8]}, index=[7, 3])
    axes = figure(["against", "against"], sure).axes[0]
    assert axes.get_xlabel() and axes.get_ylabel()
    last = axes.lines[-1].get_xydata()
    assert last[-1][1] in (1.0, 0.5)  # the surest is right; of both, one is wrong
