"""Behaviour tests: hand-written Arabic cases by capability, after CheckList (Ribeiro et al., 2020)."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd
from scipy.stats import binomtest

from training.text import occurrences

CASES = Path(__file__).parent / "corpus" / "behaviour"
#: The capabilities whose cases pass where no answer changes; in the others every answer must be right.
SAME = ("spelling", "clitics", "name")
_STANCE = {"-": "against", "=": "neutral", "+": "favor"}
_ACTOR = re.compile(r"\[([-=+])([^\]|]+)(?:\|([^\]]+))?\]")


def behaviour(predict: Callable[[pd.DataFrame], Sequence[str]]) -> pd.DataFrame:
    """A row a capability: capability, n cases, passed (a share) with its 95 % Wilson interval, right.

    A case passes where all its answers are as given; for the capabilities of ``SAME`` where all are alike.
    ``right`` is the share of single answers that are as given, so that a model that says one thing for ever
    is seen. The last row, ``all``, is the mean over the capabilities, each as heavy as another.
    """
    asked = cases()
    answers = asked.assign(predicted=list(predict(asked)))
    rows = [_told(str(name), group) for name, group in answers.groupby("capability", sort=False)]
    table = pd.DataFrame(rows)
    mean = {"capability": "all", "n": table["n"].sum(), **table[["passed", "right"]].mean()}
    return pd.concat([table, pd.DataFrame([mean])], ignore_index=True)


def cases(folder: Path = CASES) -> pd.DataFrame:
    """A row an actor of a sentence: capability, case, sentence, actor, mentions, stance."""
    rows = [row for file in sorted(folder.glob("*.txt")) for row in _rows(file)]
    return pd.DataFrame(rows)


def _rows(file: Path) -> Iterator[dict[str, object]]:
    """Empty lines part a file's cases; a line is a sentence, its actors bracketed with their stance."""
    for number, case in enumerate(file.read_text("utf-8").strip().split("\n\n"), 1):
        for line in case.splitlines():
            if not line.startswith("#"):
                yield from ({"capability": file.stem, "case": number, **row} for row in read(line))


def read(line: str) -> list[dict[str, object]]:
    """The actors of a written sentence, ``[-name]``, ``[=name]`` or ``[+name]``, or ``[-words|name]``.

    >>> read("شكر [=المجلس] الطاغية [-الجنرال|حفتر]")[1]["stance"], read("شكر [=المجلس] حفتر")[0]["mentions"]
    ('against', [{'start': 4, 'end': 10}])
    """
    sentence = _ACTOR.sub(r"\2", line)
    rows = []
    for sign, words, name in _ACTOR.findall(line):
        spans = [{"start": start, "end": end} for start, end in occurrences(sentence, words)]
        rows.append(
            {"sentence": sentence, "actor": name or words, "mentions": spans, "stance": _STANCE[sign]}
        )
    return rows


def _told(name: str, answers: pd.DataFrame) -> dict[str, object]:
    right = answers["predicted"] == answers["stance"]
    asked = (
        answers.groupby("case")["predicted"].nunique() == 1
        if name in SAME
        else right.groupby(answers["case"]).all()
    )
    low, high = binomtest(int(asked.sum()), len(asked)).proportion_ci(method="wilson")
    return {
        "capability": name,
        "n": len(asked),
        "passed": asked.mean(),
        "passed_low": low,
        "passed_high": high,
        "right": right.mean(),
    }
