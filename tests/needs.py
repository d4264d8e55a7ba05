"""Programs that some tests need and that only a system package brings."""

import os
import shutil

import pytest


def need(package: str, *names: str) -> str:
    """The path of the first of these programs. Without any, the test is skipped, with how to get it; in CI it fails."""
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"This test needs {names[0]}: apt-get install {package}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
