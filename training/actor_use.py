"""Does a model use the actor? The same pipeline without it and with it alone, names swapped, the ceiling."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from training.metrics import scores_of
from training.schema import STANCES

Spans = Iterable[dict[str, int]]


def actor_hidden(frame: pd.DataFrame) -> pd.DataFrame:
    """The sentences toward the same somebody, nowhere named: what a model sees that is blind to the actor."""
    return _unmentioned(frame.assign(actor="أحد"))


def actor_alone(frame: pd.DataFrame) -> pd.DataFrame:
    """The actors' names in the place of the sentences, unmasked: all that a model sees is who it is."""
    return _unmentioned(frame.assign(sentence=frame["actor"]))


def _unmentioned(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(mentions=[[]] * len(frame))


def actor_use(
    pipeline: Pipeline, train: pd.DataFrame, parts: Mapping[str, pd.DataFrame]
) -> dict[str, dict[str, float]]:
    """Part -> how a fitted pipeline's answers to it hang on the actor.

    hidden_macro_f1, alone_macro_f1: the same pipeline fitted on ``train`` and asked without the actor, and
    with nothing else; with their intervals. The others: see ``named``.
    """
    found = {part: named(pipeline.predict, frame) for part, frame in parts.items()}
    for name, view in {"hidden": actor_hidden, "alone": actor_alone}.items():
        other = _fitted_on(view, pipeline, train)
        for part, frame in parts.items():
            told = scores_of(frame, list(other.predict(view(frame))), "stance")
            found[part] |= {f"{name}_macro_f1{end}": told[f"macro_f1{end}"] for end in ("", "_low", "_high")}
    return found


def named(predict: Callable[[pd.DataFrame], Sequence[str]], frame: pd.DataFrame) -> dict[str, float]:
    """What needs no training: blind_macro_f1, flip_rate and negative_spread.

    blind_macro_f1 is the best that a model blind to the actor could reach; the others: see ``swapped``.
    """
    return {"blind_macro_f1": blind_ceiling(frame), **swapped(predict, frame)}


def _fitted_on(
    view: Callable[[pd.DataFrame], pd.DataFrame], pipeline: Pipeline, train: pd.DataFrame
) -> Pipeline:
    rows = view(train).assign(stance=train["stance"].to_numpy(), weight=1)
    if view is actor_hidden:  # a sentence looks the same from all its actors: it is read once, with weight
        rows = _unmentioned(
            rows.groupby(["sentence", "actor", "stance"], sort=False, as_index=False)["weight"].sum()
        )
    weight = {} if (rows["weight"] == 1).all() else {"classifier__sample_weight": rows["weight"]}
    return clone(pipeline).fit(rows, rows["stance"], **weight)


def blind_ceiling(frame: pd.DataFrame) -> float:
    """The macro F1 of the best answers that give every actor of a sentence the same stance.

    Sentences begin with their commonest stance; each is then changed while macro F1 grows, until none does.

    >>> one = pd.DataFrame({"sentence": ["س"] * 2, "stance": ["against", "favor"]})
    >>> round(blind_ceiling(one), 3)
    0.222
    """
    given = frame["stance"].map(list(STANCES).index).to_numpy()
    counts = np.zeros((frame["sentence"].nunique(), len(STANCES)), int)
    np.add.at(counts, (pd.factorize(frame["sentence"])[0], given), 1)
    answers = counts.argmax(axis=1)
    table = np.zeros((len(STANCES), len(STANCES)), int)  # given x answered
    np.add.at(table.T, answers, counts)
    mixed = np.flatnonzero((counts > 0).sum(axis=1) > 1)
    best, before = _macro_f1(table), -1.0
    while best > before:
        before = best
        for sentence in mixed:
            best = _change(table, counts[sentence], answers, sentence, best)
    return best


def _change(
    table: np.ndarray, given: np.ndarray, answers: np.ndarray, sentence: np.intp, best: float
) -> float:
    """Give the sentence the answer under which macro F1 is highest, and return that."""
    table[:, answers[sentence]] -= given
    for answer in range(len(STANCES)):
        table[:, answer] += given
        reached = _macro_f1(table)
        table[:, answer] -= given
        if reached > best + 1e-12:
            best, answers[sentence] = reached, answer
    table[:, answers[sentence]] += given
    return best


def _macro_f1(table: np.ndarray) -> float:
    return float((2 * table.diagonal() / np.maximum(table.sum(axis=0) + table.sum(axis=1), 1)).mean())


def swapped(
    predict: Callable[[pd.DataFrame], Sequence[str]], frame: pd.DataFrame, names: int = 5, most: int = 1000
) -> dict[str, float]:
    """What becomes of the answers when the actor bears the name of another.

    The ``names`` most frequent actors of the frame take every mention's place in turn. flip_rate: the share
    of answers that are not what they were; negative_spread: the highest less the lowest share of against
    over the names. Rows whose actor is not mentioned are left out, 0 where none is; of more than ``most``
    rows as many are drawn, evenly.
    """
    told = frame[frame["mentions"].str.len() > 0]
    told = told[:: -(-len(told) // most)] if len(told) else told
    others = list(frame["actor"].value_counts().index[:names])
    if told.empty:
        return {"flip_rate": 0.0, "negative_spread": 0.0}
    before = np.asarray(predict(told))
    after = [np.asarray(predict(_renamed(told, name))) for name in others]
    negative = [(answers == "against").mean() for answers in after]
    return {
        "flip_rate": float(np.mean([answers != before for answers in after])),
        "negative_spread": float(max(negative) - min(negative)),
    }


def _renamed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    rows = [renamed(*row, name) for row in zip(frame["sentence"], frame["mentions"], strict=True)]
    sentences, mentions = zip(*rows, strict=True)
    return pd.DataFrame({"sentence": sentences, "mentions": mentions, "actor": name})


def renamed(sentence: str, mentions: Spans, name: str) -> tuple[str, list[dict[str, int]]]:
    """The sentence with ``name`` at every mention's place, and the mentions there.

    >>> renamed("قال حفتر إن حفتر باق", [{"start": 4, "end": 8}, {"start": 12, "end": 16}], "تركيا")
    ('قال تركيا إن تركيا باق', [{'start': 4, 'end': 9}, {'start': 13, 'end': 18}])
    """
    text, at, spans = "", 0, []
    for start, end in _apart(mentions):
        text += sentence[at:start]
        spans.append({"start": len(text), "end": len(text) + len(name)})
        text, at = text + name, end
    return text + sentence[at:], spans


def _apart(mentions: Spans) -> Iterator[tuple[int, int]]:
    """The mentions in order, those inside an earlier one left out."""
    last = 0
    for start, end in sorted((int(mention["start"]), int(mention["end"])) for mention in mentions):
        if start >= last:
            yield start, end
            last = end
