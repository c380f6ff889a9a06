"""Scores by actor, outlet, voice, register, source, length, and how a sentence treats its actors."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from training.metrics.counts import DRAWS, Counts, f1_of, weights_of
from training.schema import LABELS


def slices(frame: pd.DataFrame, task: str) -> dict[str, pd.Series]:
    """Name -> the slice of each row: the columns of KNOWN, length and mixed.

    ``length`` is in words of the sentence; ``mixed`` tells whether the sentence's actors are treated alike,
    differently, or stand alone. A slice with one value or none is left out, a row that does not know its
    own is None.
    """
    known = [name for name in KNOWN if name in frame]
    words = frame["sentence"].str.split().str.len()
    found = {name: frame[name] for name in known}
    found["length"] = pd.cut(words, [0, 15, 30, 45, np.inf], labels=LENGTHS).astype(object)
    if task == "stance":
        by_sentence = frame.groupby("sentence_id")["stance"]
        treated = by_sentence.transform("nunique").map(lambda n: "alike" if n == 1 else "mixed")
        found["mixed"] = treated.where(by_sentence.transform("size") > 1, "alone")
    return {name: values.rename(name) for name, values in found.items() if values.nunique() > 1}


KNOWN = ("actor", "outlet", "voice", "register", "source", "seen_actor", "seen_article")
LENGTHS = ("up to 15", "16 to 30", "31 to 45", "over 45")
#: A slice of fewer rows has no interval: the bootstrap says nothing of a handful.
LEAST = 50


def scores_by(
    slices: pd.Series, frame: pd.DataFrame, predicted: Sequence[str], task: str = "stance"
) -> pd.DataFrame:
    """One row a slice, most frequent first: n, accuracy, macro F1, counts given and predicted.

    Macro F1 is over the labels given in the slice, with ``_low`` and ``_high`` where it has rows enough.
    """
    known = slices.notna().to_numpy()
    values, names = pd.factorize(slices[known], sort=True)
    answers = frame[known].assign(predicted=np.asarray(predicted)[known])
    counts = Counts(list(answers[task]), list(answers["predicted"]), values, LABELS[task])
    tables = counts.tables(np.eye(len(names)), np.arange(len(answers)))  # each slice as a draw of its own
    given, read = tables.sum(axis=2), tables.sum(axis=1)
    table = pd.DataFrame({slices.name: names, "n": given.sum(axis=1).astype(int)})
    table["accuracy"] = np.trace(tables, axis1=1, axis2=2) / table["n"]
    table["macro_f1"] = (f1_of(tables) * (given > 0)).sum(axis=1) / (given > 0).sum(axis=1)
    often = np.flatnonzero(table["n"] >= LEAST)
    intervals = [_interval(answers[values == index], task) for index in often]
    table[["macro_f1_low", "macro_f1_high"]] = np.nan
    table.loc[often, ["macro_f1_low", "macro_f1_high"]] = np.reshape(intervals, (-1, 2))
    for name, counted in (("given", given), ("predicted", read)):
        table[[f"{name}_{label}" for label in LABELS[task]]] = counted.astype(int)
    return table.round(3).sort_values("n", ascending=False, kind="stable").reset_index(drop=True)


def _interval(part: pd.DataFrame, task: str) -> np.ndarray:
    groups = pd.factorize(part["article_id"])[0]
    counts = Counts(list(part[task]), list(part["predicted"]), groups, LABELS[task])
    present = [index for index, label in enumerate(LABELS[task]) if (part[task] == label).any()]
    drawn = f1_of(counts.tables(weights_of(counts.groups, DRAWS)[1:], np.arange(len(part))))
    return np.percentile(drawn[:, present].mean(axis=1), [2.5, 97.5])
