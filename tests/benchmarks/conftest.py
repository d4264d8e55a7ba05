"""Benchmarks run when they are asked for by name, with the browser tests' server and browser."""

import pytest

from tests.browser.conftest import browser as browser
from tests.browser.conftest import folder as folder
from tests.browser.conftest import lab_server as lab_server


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the benchmarks out of every run that doesn't say ``-m benchmark``."""
    if "benchmark" in str(config.option.markexpr):
        return
    left_out = [item for item in items if item.get_closest_marker("benchmark")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
