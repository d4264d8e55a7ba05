"""The course as a folder of static files: JupyterLab and Python in the browser (JupyterLite, Pyodide), and no server.

Nothing in the folder asks for anything outside it.
"""

from workshop.site.build import build_site

__all__ = ["build_site"]
