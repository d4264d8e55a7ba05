"""`pytest --nbval notebooks/` starts from an empty journal, whatever anybody has answered in this folder."""

import os
import tempfile

import pytest

from workshop.workspace import WORKSPACE


def pytest_configure(config: pytest.Config) -> None:
    """Give the notebooks' kernels, which inherit the environment, a folder of their own."""
    if config.getoption("nbval", default=False):
        folder = tempfile.TemporaryDirectory()
        config.add_cleanup(folder.cleanup)
        os.environ[WORKSPACE] = folder.name
