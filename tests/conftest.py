import multiprocessing
import os
import runpy
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from training.data import bundled, write_rows

SHARED = Path(__file__).parents[2] / "shared"
QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "OMP_NUM_THREADS": "1"}
os.environ.update(QUIET)
# Commands run in forks of one process that has the libraries imported: it is they that take five seconds.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["training.command", "training.saved_model", "sklearn.model_selection"])


class Workplace:
    """A folder where a newcomer types commands; each runs in a process of its own."""

    def __init__(self, folder):
        self.folder = folder

    def python(self, *words, **environment):
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**_outside(), **environment},
            capture_output=True,
            text=True,
            timeout=300,
        )

    def command(self, name, *words, **environment):
        """What ``python -m training.NAME WORDS`` does."""
        files = [self.folder / f".{stream}" for stream in ("stdout", "stderr")]
        told = (f"training.{name}", list(words), str(self.folder), {**_outside(), **environment}, files)
        process = FORKS.Process(target=_typed, args=told)
        process.start()
        process.join(300)
        process.kill()
        return CompletedProcess(words, process.exitcode, *(file.read_text("utf-8") for file in files))

    def small(self, rows=1200):
        """The words by which a command takes a small labelled file."""
        write_rows(bundled(contrast=False).select(range(rows)).to_pandas(), self.folder / "small.jsonl")
        return ["data=examples", "data.path=small.jsonl"]

    def write(self, name, text):
        (self.folder / name).write_text(text, "utf-8")
        return name


def _outside():
    return {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")} | QUIET


def _typed(module, words, folder, environment, files):
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, file in zip((sys.stdout, sys.stderr), files, strict=True):
        stream.flush()
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream.fileno())
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


@pytest.fixture(scope="session")
def workplace(tmp_path_factory):
    """A folder in which the default model was trained: what ``make train`` leaves, but for the probes."""
    place = Workplace(tmp_path_factory.mktemp("workplace"))
    place.trained = place.python("-m", "training.train", "actor_use=false")
    assert place.trained.returncode == 0, place.trained.stderr
    return place


@pytest.fixture
def empty(tmp_path):
    """A folder in which nothing was trained."""
    return Workplace(tmp_path)
