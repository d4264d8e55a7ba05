import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("modules", "absent"),
    [
        ("workshop.payments", "yaml iso4217 fastjsonschema http.server"),
        ("workshop.payments.verify, workshop.payments.mock, workshop.payments.replay, workshop.payments.matrix",
         "pandas numpy jsonschema nbformat ipywidgets iso4217 fastjsonschema http.server socketserver"),
    ],
)  # fmt: skip
def test_imports_stay_light(modules: str, absent: str) -> None:
    code = f"import sys, {modules}; print(*sorted(set({absent.split()!r}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""
