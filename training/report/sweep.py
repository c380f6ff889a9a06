"""A sweep's runs -> its table, and its metrics over seeds."""

import re
from typing import Any

import pandas as pd

from training.report.lines import USE
from training.report.pages import PARTS, markdown, with_interval


def run_table(runs: pd.DataFrame) -> str:
    """Runs as MLflow finds them -> a Markdown table of each run's metric (95 % interval) on each part.

    A run is told by the words it was typed with, those of all runs left out; the best on validation first,
    metric by metric. Below stand, where they are: mean and deviation of runs that differ by their seed alone,
    what the answers owe to the actor and are worth, and the behaviour cases passed.
    """
    parts = [part for part in PARTS if f"metrics.{part}/n" in runs]
    if not parts:
        return "no run was scored"
    runs = _best_first(runs[runs[f"metrics.{parts[0]}/n"].notna()], parts[0])
    names = _told_apart(runs["tags.words"])
    rows = [_row(name, run, parts) for name, (_, run) in zip(names, runs.iterrows(), strict=True)]
    table = pd.DataFrame(rows)
    if table["metric"].nunique() == 1:
        table = table.drop(columns="metric")
    seeds = [
        [" ".join(words) or "all", str(len(group)), *(_spread(group, part) for part in parts)]
        for words, group in by_seed(runs)
    ]
    pages = [markdown(list(table.columns), table.to_numpy().tolist())]
    pages += [markdown(["over seeds", "runs", *parts], seeds)] if seeds else []
    pages += [page for page in (_use_table(names, runs), _behaviour_table(names, runs)) if page]
    return "\n\n".join(pages)


def _best_first(runs: pd.DataFrame, part: str) -> pd.DataFrame:
    reached = [run[f"metrics.{part}/{run['tags.metric']}"] for _, run in runs.iterrows()]
    order = pd.DataFrame({"metric": runs["tags.metric"], "behind": -pd.Series(reached, runs.index)})
    return runs.loc[order.sort_values(["metric", "behind"], kind="stable").index]


#: The columns that tell what answers owe to the actor, and what their probabilities are worth.
_INSTRUMENTS = {
    "macro_f1": "macro_f1",
    "mixed": "mixed_macro_f1",
    "unseen actors": "unseen_actor_macro_f1",
    "unseen articles": "unseen_article_macro_f1",
    **USE,
    "ece": "ece",
    "brier": "brier",
}


def _use_table(names: list[str], runs: pd.DataFrame) -> str:
    rows = [
        [name, part, f"{run[f'metrics.{part}/n']:,.0f}", *_instruments(run, part)]
        for part in PARTS
        for name, (_, run) in zip(names, runs.iterrows(), strict=True)
        if not pd.isna(run.get(f"metrics.{part}/flip_rate"))
    ]
    return markdown(["run", "part", "n", *_INSTRUMENTS], rows) if rows else ""


def _instruments(run: pd.Series, part: str) -> list[str]:
    return [with_interval(run, f"metrics.{part}/{name}") for name in _INSTRUMENTS.values()]


def _behaviour_table(names: list[str], runs: pd.DataFrame) -> str:
    passed = runs.filter(like="metrics.behaviour/").dropna(how="all")
    if passed.empty:
        return ""
    capabilities = sorted(passed.columns, key=lambda name: (name.endswith("/all"), name))
    shown = [name for name, known in zip(names, runs.index.isin(passed.index), strict=True) if known]
    rows = [
        [column.split("/")[1], *(f"{100 * value:.0f}" for value in passed[column])] for column in capabilities
    ]
    return markdown(["behaviour", *shown], rows)


def _told_apart(typed: pd.Series) -> list[str]:
    words = [str(words).split() for words in typed]
    shared = set.intersection(*map(set, words))
    return [" ".join(word for word in each if word not in shared) for each in words]


def by_seed(runs: pd.DataFrame) -> list[tuple[tuple[str, ...], pd.DataFrame]]:
    """Runs that differ by ``seed=`` alone, two or more: the other words that tell them apart, and they."""
    typed = runs["tags.words"].map(lambda words: re.sub(r"\bseed=\S+", "", str(words)))
    groups = runs.groupby([_told_apart(typed), runs["tags.metric"].to_numpy()], sort=False)
    return [(tuple(words.split()), group) for (words, _), group in groups if len(group) > 1]


def seed_metrics(runs: pd.DataFrame) -> dict[str, float]:
    """Part/metric and part/metric_deviation over the seeds of a sweep of nothing but seeds; else none."""
    groups = by_seed(runs) if "tags.words" in runs else []
    if len(groups) != 1 or len(groups[0][1]) < len(runs):
        return {}
    (_, group), metric = groups[0], runs["tags.metric"].iloc[0]
    known = [name for part in PARTS if (name := f"{part}/{metric}") in {c[8:] for c in group}]
    told = {name: float(group[f"metrics.{name}"].mean()) for name in known}
    return told | {f"{name}_deviation": float(group[f"metrics.{name}"].std()) for name in known}


def _spread(group: pd.DataFrame, part: str) -> str:
    values = 100 * group[f"metrics.{part}/{group['tags.metric'].iloc[0]}"]
    return f"{values.mean():.1f} ± {values.std():.1f}"


def _row(name: str, run: pd.Series, parts: list[str]) -> dict[str, Any]:
    metric = run["tags.metric"]
    return {
        "run": name or run["tags.mlflow.runName"],
        "metric": metric,
        **{part: with_interval(run, f"metrics.{part}/{metric}") for part in parts},
        "n": " / ".join(f"{run[f'metrics.{part}/n']:,.0f}" for part in parts),
        "fit, seconds": f"{run['metrics.fit_seconds']:.1f}",
    }
