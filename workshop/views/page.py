"""The page around the forms: how a notebook of the course looks while it is open."""

from pathlib import Path


def page_style() -> str:
    """``page.css`` as an element for the output of a notebook's first cell.

    It travels with the notebook and not with a server's settings, so that it serves wherever the notebook is opened:
    in JupyterLab however that was started, in JupyterLite, in Voila, and as an exported page. Its rules hold only for a
    notebook that shows it; others in the same JupyterLab keep their look. Until a notebook is trusted, JupyterLab drops
    the style, and the page is read without it.
    """
    return f"<style>{Path(__file__).with_name('page.css').read_text(encoding='utf-8')}</style>"
