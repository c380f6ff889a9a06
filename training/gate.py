"""May a new model take the champion's place?"""

from dataclasses import dataclass

import pandas as pd

from training.metrics import calibration_apart, paired
from training.report import p_value
from training.schema import LABELS

#: As good: no significant difference, and with 95 % certainty less than this behind.
MARGIN = 0.01


@dataclass(frozen=True)
class Standing:
    """A version as the gate sees it: answers to validation, share of behaviour cases passed, saved bytes."""

    version: str
    answers: pd.DataFrame
    behaviour: float | None
    size: float


@dataclass(frozen=True)
class Verdict:
    """Whether the candidate wins, one sentence why, and a row a rule: rule, found, passed."""

    wins: bool
    words: str
    rules: pd.DataFrame


def judged(new: Standing, old: Standing, task: str, metric: str) -> Verdict:
    """The verdict on a candidate whose answers are to the champion's rows, in their order.

    It wins where all three rules hold: the metric is better with p < 0.05 (approximate randomisation over
    articles), or as good, within ``MARGIN``, from a model a tenth smaller; no smaller a share of behaviour
    cases passed, where the champion was asked them; and an expected calibration error that is not worse,
    which it is where the interval of the difference lies above 0, unless the Brier score is better (its
    interval below 0): a model that always says the commonest label is well calibrated too.
    """
    rules = [_better(new, old, task, metric), _calibrated(new, old, task)]
    if old.behaviour is not None:
        rules.insert(1, _behaved(new.behaviour, old.behaviour))
    table = pd.DataFrame(rules, columns=["rule", "found", "passed"])
    wins = bool(table["passed"].all())
    told = "; ".join(table.loc[table["passed"] == wins, "found"])
    return Verdict(wins, f"{'' if wins else 'not '}champion: against version {old.version}, {told}", table)


def _better(new: Standing, old: Standing, task: str, metric: str) -> tuple[str, str, bool]:
    given, articles = list(old.answers["given"]), list(old.answers["article_id"])
    before, after = list(old.answers["predicted"]), list(new.answers["predicted"])
    told = paired(given, before, after, articles, task, metric, old.answers.get("actor"))
    sure = told["p_randomisation"] < 0.05
    simpler = not sure and told["difference_low"] > -MARGIN and new.size < 0.9 * old.size
    interval = " to ".join(f"{100 * told[f'difference_{end}']:+.1f}" for end in ("low", "high"))
    found = f"{metric} {100 * told['difference']:+.1f} ({interval}), p {p_value(told['p_randomisation'])}"
    sizes = f"{new.size / 1e6:.1f} MB against {old.size / 1e6:.1f}"
    rule = "better with p < 0.05, or as good and a tenth smaller"
    return rule, f"{found}, {sizes}", (sure and told["difference"] > 0) or simpler


def _behaved(new: float | None, old: float) -> tuple[str, str, bool]:
    shown = "not asked" if new is None else f"{100 * new:.1f}"
    found = f"behaviour cases passed {shown} against {100 * old:.1f}"
    return "no fewer behaviour cases passed", found, new is not None and new >= old


def _calibrated(new: Standing, old: Standing, task: str) -> tuple[str, str, bool]:
    first, second = (
        answers[[f"p_{label}" for label in LABELS[task]]].set_axis(LABELS[task], axis=1)
        for answers in (old.answers, new.answers)
    )
    told = calibration_apart(list(old.answers["given"]), first, second, list(old.answers["article_id"]))
    error, brier = (
        f"{100 * told[name]:+.1f} ({100 * told[f'{name}_low']:+.1f} to {100 * told[f'{name}_high']:+.1f})"
        for name in ("ece", "brier")
    )
    rule = "calibration error not worse, or the Brier score better"
    passed = told["ece_low"] <= 0 or told["brier_high"] < 0
    return rule, f"calibration error {error}, Brier score {brier}", passed
