"""EXAMPLES -> train, validation and test, with no group (event, article, actor) in two of them."""

import hashlib
from collections import Counter

from datasets import Dataset, DatasetDict

from training.schema import PARTS, InputError


def by_group(
    dataset: Dataset, column: str = "event", validation: float = 0.15, test: float = 0.15, seed: int = 0
) -> DatasetDict:
    """Split so that no value of ``column`` stands in two parts; a row whose ``part`` is given goes there.

    Groups are ordered by a digest of ``seed`` and their name and dealt out until each part has its share
    of rows, so the parts do not depend on the rows' order; a validation or test part that some row gives is
    left as it is given. Where ``column`` is null the article is the group. Raises InputError when a part
    would stay empty.
    """
    if column not in dataset.column_names:
        raise InputError(f"split.column must be one of {', '.join(dataset.column_names)}, found {column}")
    named, articles, parts = (dataset[name][:] for name in (column, "article_id", "part"))
    groups = [group or article for group, article in zip(named, articles, strict=True)]
    free = Counter(group for group, part in zip(groups, parts, strict=True) if part is None)
    own = set(parts)
    dealt = _deal(free, validation * ("validation" not in own), test * ("test" not in own), seed)
    indices: dict[str, list[int]] = {part: [] for part in PARTS}
    for index, (group, part) in enumerate(zip(groups, parts, strict=True)):
        indices[part or dealt[group]].append(index)
    for part, rows in indices.items():
        if not rows:
            raise InputError(
                f"split: every part must hold rows, found {len(free)} values of {column} and none left"
                f" for {part}; give more data or other shares"
            )
    return DatasetDict({part: dataset.select(rows) for part, rows in indices.items()})


def _deal(sizes: Counter[str], validation: float, test: float, seed: int) -> dict[str, str]:
    """Group -> part. The first groups by digest fill test, the next validation, the others train."""
    total, seen = sum(sizes.values()), 0
    dealt = {}
    for group in sorted(sizes, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).digest()):
        share = seen / total
        dealt[group] = "test" if share < test else "validation" if share < test + validation else "train"
        seen += sizes[group]
    return dealt
