"""What several commands share."""

from pathlib import Path

import click

CONTENT_OPTION = click.option(
    "--content",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The course's source. Default: content/ in this folder, or else the course that is installed.",
)
FOLDER_ARGUMENT = click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
PARTICIPANT_OPTION = click.option(
    "--participant", default="me", show_default=True, help="Whose answers: the name in the notebook's first cell."
)


def _choose_scenario(ctx: click.Context, parameter: click.Parameter, folder: Path | None) -> None:
    """Name the pack in the environment while the command runs: the kernels that it starts inherit it."""
    from workshop.workspace import SCENARIO, environment

    if folder:
        ctx.with_resource(environment({SCENARIO: str(folder.resolve())}))


SCENARIO_OPTION = click.option(
    "--scenario",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    callback=_choose_scenario,
    expose_value=False,
    help="The folder of a scenario pack: a case of your own instead of the course's.",
)


def content_folder(given: Path | None) -> Path:
    """The course's source: the one given, or ``content/`` in the current folder, or the one that is installed."""
    from workshop.workspace import content_root

    return given or (Path("content") if Path("content/course.yaml").is_file() else content_root())
