"""What the commands share: Hydra's way in, parts made from conf, one sentence for a refusal."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import hydra
from hydra.errors import InstantiationException
from hydra.utils import instantiate
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import MissingMandatoryValue

from training.schema import InputError

CONF = Path(__file__).parents[1] / "conf"


def command(name: str) -> Callable[[Callable[[DictConfig], None]], Callable[[], None]]:
    """Make a function of a config the command ``python -m training.<name>``, set by ``conf/<name>.yaml``.

    A refused input ends it with one sentence and exit code 2, without a traceback.
    """

    def decorate(function: Callable[[DictConfig], None]) -> Callable[[], None]:
        @wraps(function)
        def guarded(config: DictConfig) -> None:
            try:
                function(config)
            except InputError as error:
                _refuse(str(error))
            except MissingMandatoryValue as error:
                _refuse(f"{error.full_key} must be given, found none; add {error.full_key}=...")

        return hydra.main(version_base="1.3", config_path=str(CONF), config_name=name)(guarded)

    return decorate


def _refuse(message: str) -> None:
    print(message, file=sys.stderr)
    raise SystemExit(2)


def build(config: DictConfig, **given: Any) -> Any:
    """The object a group of the config describes, from plain lists and dicts; its InputError as it is."""
    try:
        return instantiate(config, _convert_="all", **given)
    except InstantiationException as error:
        if isinstance(error.__cause__, InputError):
            raise error.__cause__ from None
        raise


def flat_params(config: DictConfig, choices: dict[str, str], groups: tuple[str, ...]) -> dict[str, Any]:
    """The groups' choices and settings as ``group`` and ``group.setting``, without targets and paths."""
    params: dict[str, Any] = {"seed": config.seed}
    for group in groups:
        params[group] = choices[group]
        settings = OmegaConf.to_container(config[group], resolve=True)
        assert isinstance(settings, dict)
        for key, value in settings.items():
            if key not in ("_target_", "path"):
                params[f"{group}.{key!s}"] = str(value)[:500]
    return params
