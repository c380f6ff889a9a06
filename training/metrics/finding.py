"""Scores of found mentions, with 95 % intervals."""

from collections.abc import Sequence

from scipy.stats import binomtest

Places = Sequence[tuple[int, int]]


def finding_scores(given: Sequence[Places], found: Sequence[Places]) -> dict[str, float]:
    """How well mentions are found: recall and precision by overlap and by exact span, and n mentions given.

    One list of spans a sentence on either side; intervals are Wilson's (95 %).

    >>> round(finding_scores([[(0, 5), (9, 12)]], [[(0, 4)]])["overlap_recall"], 2)
    0.5
    """
    result: dict[str, float] = {"n": sum(map(len, given))}
    for name, same in (("overlap", _overlap), ("exact", tuple.__eq__)):
        for measure, these, those in (("recall", given, found), ("precision", found, given)):
            hits = [
                any(same(a, b) for b in other) for own, other in zip(these, those, strict=True) for a in own
            ]
            result |= _proportion(f"{name}_{measure}", sum(hits), len(hits))
    return result


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _proportion(name: str, hits: int, n: int) -> dict[str, float]:
    if n == 0:
        return {name: 0.0, f"{name}_low": 0.0, f"{name}_high": 1.0}
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    return {name: hits / n, f"{name}_low": float(interval.low), f"{name}_high": float(interval.high)}
