import pandas as pd

from training.report import confusion_figure, run_table, score_line


def runs(*points):
    rows = [
        {"tags.mlflow.runName": f"run{i}", "metrics.fit_seconds": 1.0}
        | {
            f"metrics.{part}/macro_f1{end}": point
            for part in ("validation", "test")
            for end in ("", "_low", "_high")
        }
        for i, point in enumerate(points)
    ]
    return pd.DataFrame(rows)


def test_the_table_of_runs_puts_the_best_validation_first():
    lines = run_table(runs(0.4, 0.6)).splitlines()
    assert lines[0] == "| run | validation | test | fit, seconds |"
    assert lines[2] == "| run1 | 60.0 (60.0-60.0) | 60.0 (60.0-60.0) | 1.0 |"
    assert lines[3].startswith("| run0 |")


def test_runs_without_scores_make_no_table():
    assert run_table(pd.DataFrame({"tags.mlflow.runName": ["failed"]})) == "no run was scored"


def test_a_score_line_reads_in_percent():
    scores = {"macro_f1": 0.5, "macro_f1_low": 0.4, "macro_f1_high": 0.6, "n": 7}
    scores |= {"f1_against": 0.1, "f1_neutral": 0.9, "f1_favor": 0.5}
    assert score_line("test", scores).split() == (
        "test macro F1 50.0 (40.0 to 60.0) against 10.0 neutral 90.0 favor 50.0 n 7".split()
    )


def test_the_confusion_figure_names_both_axes():
    axes = confusion_figure(["against", "favor"], ["against", "neutral"]).axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("predicted", "given")
