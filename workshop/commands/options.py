"""What several commands share."""

from pathlib import Path

import click

CONTENT_OPTION = click.option(
    "--content",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The course's source. Default: content/ in this folder, or else the course that is installed.",
)


def content_folder(given: Path | None) -> Path:
    """The course's source: the one given, or ``content/`` in the current folder, or the one that is installed."""
    from workshop.workspace import content_root

    return given or (Path("content") if Path("content/course.yaml").is_file() else content_root())
