"""What the commands share: Hydra's way in, parts made from conf, one sentence for a refusal."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import hydra
from datasets import Dataset
from hydra.core.hydra_config import HydraConfig
from hydra.errors import InstantiationException
from hydra.utils import instantiate
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import MissingMandatoryValue

from training.schema import TASKS, InputError
from training.tracking import corpora_of

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


def build(config: Any, **given: Any) -> Any:
    """The object a group of the config describes, from plain lists and dicts; its InputError as it is."""
    try:
        return instantiate(config, _convert_="all", **given)
    except InstantiationException as error:
        if isinstance(error.__cause__, InputError):
            raise error.__cause__ from None
        if isinstance(error.__cause__, TypeError) and "argument" in str(error.__cause__):
            raise InputError(
                f"{config._target_}: its settings must be its own, found {error.__cause__}"
            ) from None
        raise


def corpora(config: DictConfig) -> dict[str, Dataset]:
    """Name -> rows of each corpus that ``data`` names, all labelled for the config's task.

    Raises InputError for a corpus without these labels, and for one path given for several corpora.
    """
    names = corpora_of(config)
    if config.data.path and len(names) > 1:
        raise InputError(
            f"data.path must be given for one corpus, found {', '.join(names)}; write data.{names[-1]}.path"
        )
    return {name: _labelled(name, config) for name in names}


def _labelled(name: str, config: DictConfig) -> Dataset:
    task, settings = config.task, OmegaConf.to_container(config.data[name], resolve=True)
    assert isinstance(settings, dict)
    dataset = build({key: value for key, value in settings.items() if key != "weight"})
    if task not in dataset.column_names or None in dataset[task][:]:
        other = next(other for other in TASKS if other != task)
        raise InputError(f"data={name}: its rows must have a {task}, found none; add task={other}")
    return dataset


def choices(config: DictConfig, groups: tuple[str, ...]) -> dict[str, str]:
    """What the config chose for each group, corpora joined by ``+``; a group without a choice is left out."""
    chosen = {**HydraConfig.get().runtime.choices, "data": "+".join(corpora_of(config))}
    return {group: str(chosen[group]) for group in groups if chosen.get(group)}


def typed() -> str:
    """The words the command was typed with, paths left out."""
    return " ".join(word for word in HydraConfig.get().overrides.task if "/" not in word)


def flat_params(config: DictConfig, chosen: dict[str, str]) -> dict[str, Any]:
    """The choices and their settings as ``group`` and ``group.setting``, without targets and paths."""
    params: dict[str, Any] = {"task": config.task, "seed": config.seed}
    for group, choice in chosen.items():
        params[group] = choice
        params |= _settings(OmegaConf.to_container(config[group], resolve=True), group)
    return params


def _settings(value: Any, name: str) -> dict[str, str]:
    if not isinstance(value, dict):
        return {name: str(value)[:500]}
    kept = [(key, inner) for key, inner in value.items() if key not in ("_target_", "path", "task")]
    return {key: text for part, inner in kept for key, text in _settings(inner, f"{name}.{part}").items()}
