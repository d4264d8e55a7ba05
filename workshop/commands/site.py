"""The command that makes the course a static page."""

from pathlib import Path

import click

from workshop.commands.options import SCENARIO_OPTION


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="site")
@SCENARIO_OPTION
@click.option(
    "--pyodide",
    type=click.Path(path_type=Path, exists=True),
    help="Pyodide's folder or archive, of the version that the kernel wants. Default: npm fetches it.",
)
def site(folder: Path, pyodide: Path | None) -> None:
    """Write the course as a static site to FOLDER (default: site), for a room where nothing may be installed.

    The site is JupyterLite: Python runs in the participant's browser, and so do the forms and the journal. It asks
    nothing of any network. Answers stay in the browser that they were written in; the front page says how to take them
    along. Any web server can serve the folder; browsers keep answers only for addresses that begin with https:// or
    with http://127.0.0.1.

    With npm's Pyodide, the page has no pandas and writes no Word files, and says so. With --pyodide and a folder of its
    full distribution, it has and does both.

    Building needs the extra packages: pip install 'failforward-workshop[site]'

    \b
    Examples:
      workshop site
      workshop site public --pyodide ~/Downloads/pyodide-314.0.6.tgz
      python -m http.server -d site --bind 127.0.0.1
    """
    from workshop.site import build_site

    build_site(folder, pyodide, lambda line: click.echo(line, err=True))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    click.echo(f"{folder} is ready ({size / 1e6:.0f} MB). To look at it, run this and open http://127.0.0.1:8000")
    click.echo(f"  python -m http.server -d {folder} --bind 127.0.0.1")
