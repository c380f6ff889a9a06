"""Train a run again from what it kept, and compare.  python -m training.reproduce --help."""

from omegaconf import DictConfig

from training import tracking
from training.command import command
from training.schema import InputError
from training.train import GROUPS, fit_and_score, read_parts, started

TAGS = ("task", "metric", "words", "experiment")


@command("reproduce")
def main(config: DictConfig) -> None:
    """Train ``run`` again from its config, on the same data; tell whether every metric is the same."""
    tracking.connect()
    first = tracking.kept(config.run)
    tags = {name: first.tags[name] for name in (*TAGS, *GROUPS) if name in first.tags}
    with started(first.config, {**tags, "reproduces": first.run_id}) as again:
        parts = read_parts(first.config)
        check_digests(first.digests, tracking.kept(again).digests, first.run_id)
        fit_and_score(first.config, parts)
        tracking.describe()
    compare(first.metrics, tracking.kept(again).metrics, first.run_id)


def check_digests(first: dict[str, str], again: dict[str, str], run: str) -> None:
    """Refuse data that is not the run's."""
    for part in sorted(first.keys() | again.keys()):
        if first.get(part) != again.get(part):
            raise InputError(
                f"{part} part: must be the data of run {run}, digest {first.get(part)}, found"
                f" {again.get(part)}; give the data it was trained on"
            )


def compare(first: dict[str, float], again: dict[str, float], run: str) -> None:
    """Print that the run's metrics come out equal, but for seconds, the model's bytes and comparisons.

    Raises InputError with those that do not, or not at all.
    """
    known = [name for name in first if not name.startswith(("compare/", "model_")) and "_seconds" not in name]
    differing = sorted(name for name in known if first[name] != again.get(name))
    if differing:
        shown = ", ".join(f"{name} {first[name]!r} then and {again.get(name)} now" for name in differing[:3])
        raise InputError(
            f"run {run}: {len(known)} metrics must be the same, found {len(differing)} others: {shown}"
        )
    print(f"reproduced run {run}: {len(known)} metrics, equal to the last digit")


if __name__ == "__main__":
    main()
