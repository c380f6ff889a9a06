"""What a labelled corpus holds, before anyone trains on it.  python -m training.check_data --help."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from omegaconf import DictConfig

from training.command import build, command, corpora
from training.facts import COPY, actors, counts, near_copies
from training.schema import PARTS


@command("check_data")
def main(config: DictConfig) -> None:
    """Print the corpus's counts, its actors and what of it would stand in two parts of the split."""
    splits = [build(config.split, dataset=dataset) for dataset in corpora(config).values()]
    parts = {
        part: pd.concat([split[part].to_pandas() for split in splits], ignore_index=True) for part in PARTS
    }
    print(pd.DataFrame({part: counts(frame, config.task) for part, frame in parts.items()}).to_string(), "\n")
    if config.task == "stance":
        print(actors(pd.concat(parts.values(), ignore_index=True)).head(10).to_string(), "\n")
    for part in PARTS[1:]:
        for line in copies_between(parts[part], parts["train"], part):
            print(line)


def copies_between(part: pd.DataFrame, train: pd.DataFrame, name: str, shown: int = 3) -> Iterator[str]:
    """One line how many of the part's sentences have a copy in train, and a few of them."""
    sentences = part["sentence"].drop_duplicates().tolist()
    shares, nearest = near_copies(sentences, train["sentence"].drop_duplicates().tolist())
    found = np.flatnonzero(shares > COPY)
    yield f"{name}: {len(found)} of {len(sentences)} sentences have a near copy in train"
    for index in found[np.argsort(-shares[found], kind="stable")][:shown]:
        yield f"  {100 * shares[index]:.0f} %  {sentences[index][:70]}  |  {nearest[index][:70]}"


if __name__ == "__main__":
    main()
