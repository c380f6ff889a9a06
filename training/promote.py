"""Make a registered version the champion whatever the gate said.  python -m training.promote --help."""

from omegaconf import DictConfig

from training import tracking
from training.command import command
from training.schema import InputError


@command("promote")
def main(config: DictConfig) -> None:
    """Promote ``version`` of the task's model for a reason that is kept with it."""
    reason = str(config.reason).strip()
    if not reason:
        raise InputError("reason must say why, found none; add reason='...'")
    tracking.connect()
    words = tracking.promote(config.task, str(config.version), reason)
    print(f"{config.task} version {config.version} is {words}")


if __name__ == "__main__":
    main()
