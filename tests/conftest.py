import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "OMP_NUM_THREADS": "1"}


class Workplace:
    """A folder where a newcomer types commands; each runs in a process of its own."""

    def __init__(self, folder):
        self.folder = folder

    def python(self, *words, **environment):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**kept, **QUIET, **environment},
            capture_output=True,
            text=True,
            timeout=300,
        )

    def command(self, name, *words, **environment):
        return self.python("-m", f"training.{name}", *words, **environment)

    def write(self, name, text):
        (self.folder / name).write_text(text, "utf-8")
        return name


@pytest.fixture(scope="session")
def workplace(tmp_path_factory):
    """A folder in which the default model was trained: what ``make train`` leaves, but for the probes."""
    place = Workplace(tmp_path_factory.mktemp("workplace"))
    place.trained = place.command("train", "actor_use=false")
    assert place.trained.returncode == 0, place.trained.stderr
    return place


@pytest.fixture
def empty(tmp_path):
    """A folder in which nothing was trained."""
    return Workplace(tmp_path)
