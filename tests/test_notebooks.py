"""The notebooks: each a pair of the same cells, each run from its text."""

from pathlib import Path

import jupytext
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.py"))


def test_there_are_four():
    assert [file.stem for file in NOTEBOOKS] == ["compare_runs", "corpus", "framing", "where_it_fails"]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_the_pair_holds_the_same_cells(file):
    text, paired = (jupytext.read(file.with_suffix(ending)).cells for ending in (".py", ".ipynb"))
    assert [(cell.cell_type, cell.source) for cell in text] == [
        (cell.cell_type, cell.source) for cell in paired
    ], f"type: jupytext --sync notebooks/{file.name}"


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_it_runs(workplace, file):
    done = workplace.python(str(file), MPLBACKEND="Agg")
    assert done.returncode == 0, done.stderr
