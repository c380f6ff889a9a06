import pandas as pd

from training.report import confusion_figure, run_table, score_line


def run(name, point, preset=None, metric="macro_f1"):
    parts = [f"metrics.{part}/" for part in ("validation", "test")]
    scores = {f"{part}{metric}{end}": point for part in parts for end in ("", "_low", "_high")}
    tags = {"tags.mlflow.runName": name, "tags.metric": metric, "tags.experiment": preset}
    return {**tags, "metrics.fit_seconds": 1.0, **scores, **dict.fromkeys((f"{part}n" for part in parts), 9)}


def test_the_table_of_runs_puts_the_best_validation_first():
    lines = run_table(pd.DataFrame([run("one", 0.4), run("two", 0.6)])).splitlines()
    assert lines[0] == "| run | validation | test | n | fit, seconds |"
    assert lines[2] == "| two | 60.0 (60.0-60.0) | 60.0 (60.0-60.0) | 9 / 9 | 1.0 |"
    assert lines[3].startswith("| one |")


def test_the_table_of_presets_tells_each_ones_metric():
    runs = [run("one", 0.4, "second", "f1_pn"), run("two", 0.6, "first")]
    lines = run_table(pd.DataFrame([*runs, {"tags.mlflow.runName": "failed"}])).splitlines()
    assert lines[0] == "| preset | run | metric | validation | test | n | fit, seconds |"
    assert lines[2].startswith("| first | two | macro_f1 | 60.0 (")
    assert lines[3].startswith("| second | one | f1_pn | 40.0 (") and len(lines) == 4


def test_runs_without_scores_make_no_table():
    assert run_table(pd.DataFrame({"tags.mlflow.runName": ["failed"]})) == "no run was scored"


def test_a_score_line_reads_in_percent():
    scores = {"macro_f1": 0.5, "macro_f1_low": 0.4, "macro_f1_high": 0.6, "n": 7}
    scores |= {"f1_against": 0.1, "f1_neutral": 0.9, "f1_favor": 0.5}
    assert score_line("test", scores).split() == (
        "test macro_f1 50.0 (40.0 to 60.0) against 10.0 neutral 90.0 favor 50.0 n 7".split()
    )


def test_the_confusion_figure_names_both_axes():
    axes = confusion_figure(["against", "favor"], ["against", "neutral"]).axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("predicted", "given")
