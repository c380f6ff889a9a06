"""The labels that models doubt most, a sheet to be corrected.  python -m training.suspects --help."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from omegaconf import DictConfig
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline

from training.command import build, command, corpora
from training.data import check_output, csv_frame, write_rows
from training.model import classifier_pipeline
from training.schema import LABELS, InputError

FOLDS = 5


@command("suspects")
def main(config: DictConfig) -> None:
    """Write the sheet of doubtful labels, or, with ``corrections``, the rows as that sheet corrects them."""
    check_output(config.output)
    frames = [dataset.to_pandas() for dataset in corpora(config).values()]
    rows, label = pd.concat(frames, ignore_index=True), config.task
    if config.corrections:
        corrected, changed = corrections(rows, Path(config.corrections), label)
        write_rows(corrected, config.output)
        print(f"{changed} of {len(rows)} labels corrected: {config.output}")
        return
    known = probabilities(rows, classifier_pipeline(build(config.features), build(config.model)), label)
    found = sheet(rows, known, label)
    write_rows(found.head(config.most), config.output)
    shown = min(len(found), config.most)
    print(f"{len(found)} of {len(rows)} labels are doubtful, the {shown} most: {config.output}")


def probabilities(rows: pd.DataFrame, pipeline: Pipeline, label: str) -> pd.DataFrame:
    """A column a label: what models say of rows of whose event, or without one article, they saw nothing."""
    groups = (rows["event"] if "event" in rows else rows["article_id"]).fillna(rows["article_id"])
    if groups.nunique() < FOLDS:
        raise InputError(f"the rows must be of {FOLDS} events or articles at least, found {groups.nunique()}")
    if rows[label].nunique() < 2:
        raise InputError(
            f"the rows must bear two labels of {label} at least, found {rows[label].iloc[0]} alone"
        )
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    known = cross_val_predict(pipeline, rows, rows[label], groups=groups, cv=folds, method="predict_proba")
    return pd.DataFrame(known, columns=sorted(rows[label].unique()), index=rows.index)


def sheet(rows: pd.DataFrame, known: pd.DataFrame, label: str) -> pd.DataFrame:
    """The rows whose label is doubtful, the most doubtful first, with an empty column ``corrected``.

    Confident learning (Northcutt et al., 2021): doubtful where another label is as probable as it is, on
    average, on the rows that bear it, and more so than the given one. ``doubt`` is how much more.
    """
    given = np.array([list(known.columns).index(name) for name in rows[label]])
    usual = np.array([known.iloc[given == place, place].mean() for place in range(known.shape[1])])
    own = known.to_numpy()[np.arange(len(rows)), given]
    others = np.where(np.eye(known.shape[1], dtype=bool)[given] | (known < usual), -1, known.to_numpy())
    doubt = others.max(axis=1) - own
    spans = rows["evidence"] if "evidence" in rows else [None] * len(rows)
    told = {
        "doubt": doubt.round(3),
        label: rows[label],
        "model": known.columns[others.argmax(axis=1)],
        "corrected": "",
        **{column: rows[column] for column in ("actor",) if column in rows},
        "words": [_quoted(*row) for row in zip(rows["sentence"], spans, strict=True)],
        **{column: rows[column] for column in ("sentence", "sentence_id", "article_id")},
    }
    table = pd.DataFrame(told, index=rows.index)
    return table[doubt > 0].sort_values("doubt", ascending=False, kind="stable").reset_index(drop=True)


def _quoted(sentence: str, spans: list[dict[str, int]] | None) -> str:
    return " · ".join(sentence[span["start"] : span["end"]] for span in (() if spans is None else spans))


def corrections(rows: pd.DataFrame, file: Path, label: str) -> tuple[pd.DataFrame, int]:
    """The rows with the labels that a sheet's column ``corrected`` gives, and how many changed.

    A pair made neutral has neither evidence nor voice nor holder. Raises InputError with the sheet's row for
    a label that is none, and for a pair that is not among the rows.
    """
    given = dict(_read_sheet(rows, file, label))
    changed = rows.assign(**{label: rows[label].where(~rows.index.isin(given), rows.index.map(given))})
    turned = changed[label] != rows[label]
    bare = turned & (changed[label] == "neutral")
    for column in changed.columns.intersection(["voice", "holder", "evidence"]):
        nothing: list[dict[str, int]] | None = [] if column == "evidence" else None
        changed[column] = [nothing if cut else old for old, cut in zip(rows[column], bare, strict=True)]
    return changed, int(turned.sum())


def _read_sheet(rows: pd.DataFrame, file: Path, label: str) -> Iterator[tuple[int, str]]:
    """The rows that a sheet corrects, by their place, and their labels."""
    read, keys = csv_frame(file), [key for key in ("sentence_id", "actor") if key in rows]
    for column in (*keys, "corrected"):
        if column not in read:
            raise InputError(f"{file}: column {column} must be there, found {', '.join(read.columns)}")
    place = {key: index for index, key in enumerate(rows[keys].itertuples(index=False, name=None))}
    for number, row in enumerate(read.to_dict("records"), 1):
        key, name = tuple(row[column] for column in keys), row["corrected"].strip()
        if name and name not in LABELS[label]:
            must = ", ".join(LABELS[label])
            raise InputError(f"{file}, row {number}: corrected must be one of {must}, found {name}")
        if name and key not in place:
            raise InputError(f"{file}, row {number}: it must be a row of the data, found {' '.join(key)}")
        if name:
            yield place[key], name


if __name__ == "__main__":
    main()
