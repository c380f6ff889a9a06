"""A sweep as one parent run."""

import os
from typing import Any

import mlflow
from hydra.experimental.callback import Callback
from mlflow import MlflowClient

from training.report import run_table, seed_metrics
from training.tracking.store import SWEEP, connect, experiment_of


class Sweep(Callback):
    """A Hydra callback: a multirun is one parent run, its jobs are children."""

    def on_multirun_start(self, config: Any, **_: Any) -> None:
        """Start the parent; the jobs find it in the environment."""
        connect()
        words = " ".join(word for word in config.hydra.overrides.task if "/" not in word)
        presets = any(word.startswith("experiment=") and "," in word for word in words.split())
        name = "presets" if presets else experiment_of(config, config.hydra.runtime.choices.split)
        experiment = mlflow.set_experiment(name)
        parent = MlflowClient().create_run(experiment.experiment_id, run_name=f"sweep {words}"[:200])
        os.environ[SWEEP] = parent.info.run_id

    def on_multirun_end(self, config: Any, **_: Any) -> None:
        """Print the jobs' scores as a table; keep it as the parent's description, mean and deviation too."""
        parent = os.environ.pop(SWEEP, None)
        if parent is None:  # the store refused the parent, and then every job
            return
        runs = mlflow.search_runs(
            filter_string=f"tags.`mlflow.parentRunId` = '{parent}'", search_all_experiments=True
        )
        table, client = run_table(runs), MlflowClient()
        client.log_text(parent, table, "table.md")
        client.set_tag(parent, "mlflow.note.content", table)
        for name, value in seed_metrics(runs).items():
            client.log_metric(parent, name, value)
        client.set_terminated(parent)
        print(table)
