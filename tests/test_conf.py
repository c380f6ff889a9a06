"""Every option of every group composes and makes its object."""

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from sklearn.base import clone

from training.command import CONF, build, flat_params
from training.model import stance_pipeline
from training.train import GROUPS


def options(group):
    return sorted(file.stem for file in (CONF / group).glob("*.yaml"))


def composed(name, *words):
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return compose(name, [*words])


@pytest.mark.parametrize("features", options("features"))
@pytest.mark.parametrize("model", options("model"))
def test_every_features_and_model_make_a_pipeline(features, model):
    config = composed("train", f"features={features}", f"model={model}")
    pipeline = stance_pipeline(build(config.features), build(config.model))
    assert hasattr(clone(pipeline), "predict_proba")


@pytest.mark.parametrize("data", options("data"))
@pytest.mark.parametrize("split", options("split"))
def test_every_data_and_split_compose(data, split):
    config = composed("train", f"data={data}", f"split={split}", "seed=7")
    assert config.data._target_.startswith("training.data.")
    assert config.split._target_.startswith("training.split.")


@pytest.mark.parametrize("preset", options("experiment"))
def test_every_preset_composes_and_says_how_it_is_run(preset):
    assert composed("train", f"experiment={preset}")
    assert f"experiment={preset}" in (CONF / "experiment" / f"{preset}.yaml").read_text("utf-8")


@pytest.mark.parametrize("actors", options("actors"))
def test_every_actors_makes_a_gazetteer(actors):
    assert build(composed("predict", f"actors={actors}").actors).forms


def test_each_file_opens_with_one_line_of_why():
    for file in Path(CONF).rglob("*.yaml"):
        assert "\n# " in "\n" + file.read_text("utf-8").replace("# @package _global_\n", ""), file


def test_params_are_flat_short_and_without_paths():
    config = composed("train", "data=examples", "data.path=/some/where.jsonl")
    choices = {"data": "examples", "split": "event", "features": "combined", "model": "linear_svm"}
    params = flat_params(config, choices, GROUPS)
    assert params["model.C"] == str(config.model.C) and params["features"] == "combined"
    assert all(isinstance(value, str | int) and len(str(value)) <= 500 for value in params.values())
    assert not any("where" in str(value) or "_target_" in key for key, value in params.items())
