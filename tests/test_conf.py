"""Every option of every group composes and makes its object."""

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from sklearn.base import clone

from training.command import CONF, build, flat_params
from training.model import classifier_pipeline
from training.schema import TASKS
from training.tracking import corpora_of


def options(group):
    return sorted(file.stem for file in (CONF / group).glob("*.yaml"))


def composed(name, *words):
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return compose(name, [*words])


@pytest.mark.parametrize("features", options("features"))
@pytest.mark.parametrize("model", options("model"))
def test_every_features_and_model_make_a_pipeline(features, model):
    config = composed("train", f"features={features}", f"model={model}")
    pipeline = classifier_pipeline(build(config.features), build(config.model))
    assert hasattr(clone(pipeline), "predict_proba")


@pytest.mark.parametrize("data", options("data"))
@pytest.mark.parametrize("split", options("split"))
def test_every_data_and_split_compose(data, split):
    config = composed("train", f"data={data}", f"split={split}", "seed=7")
    assert config.data[data]._target_ == f"training.data.{data}" and corpora_of(config) == [data]
    assert config.split._target_.startswith("training.split.")


def test_several_corpora_compose_each_with_its_own_settings():
    config = composed("train", "data=[bundled,newsmtsc]", "data.newsmtsc.weight=.3", "data.newsmtsc.test=mt")
    assert corpora_of(config) == ["bundled", "newsmtsc"]
    assert (config.data.bundled.weight, config.data.newsmtsc.weight) == (1, 0.3)
    assert corpora_of(composed("train", "experiment=all_news")) == ["bundled", "annotated_news"]


@pytest.mark.parametrize("task", TASKS)
def test_every_task_reaches_the_data(task):
    assert composed("train", f"task={task}").data.bundled.task == task


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
    chosen = {"data": "examples", "split": "event", "features": "combined", "model": "linear_svm"}
    params = flat_params(config, chosen)
    assert params["model.C"] == str(config.model.C) and params["features"] == "combined"
    assert params["data.examples.weight"] == "1" and params["task"] == "stance"
    assert all(isinstance(value, str | int) and len(str(value)) <= 500 for value in params.values())
    assert not any("where" in str(value) or "_target_" in key for key, value in params.items())
