"""A page printed to PDF, by the Chromium or Chrome that is installed; nothing is fetched, and no window opens."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from workshop.errors import ExportError

PROGRAMS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync", "--disable-quic"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
)
PATIENCE = 180
"""Seconds that the browser may take for one page."""


def find_browser() -> str:
    """The path of a browser that can print; ExportError if there is none."""
    for name in PROGRAMS:
        if path := shutil.which(name):
            return path
    raise ExportError(
        "For PDF this needs Chromium or Chrome, and none is installed here. Install one, or leave --pdf away, "
        "open the HTML file in any browser and print it from there."
    )


def print_pdf(html: str) -> bytes:
    """The page as the bytes of a PDF file; ExportError if there is no browser, or it fails."""
    browser = find_browser()
    # Chromium's sandbox refuses to work for root, which is who everybody is in a container.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(html, encoding="utf-8")
        profile = f"--user-data-dir={Path(folder) / 'profile'}"
        command = [browser, *FLAGS, *alone, profile, f"--print-to-pdf={target}", source.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ExportError(f"{browser} could not print the page: {error}. Print the HTML file by hand.") from error
        if not target.is_file():
            said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise ExportError(f"{browser} wrote no PDF: {said}. Print the HTML file by hand.")
        return target.read_bytes()
