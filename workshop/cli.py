"""The command ``workshop``. What a command needs is imported inside it, so that ``--help`` answers at once."""

import sys
from pathlib import Path
from typing import TextIO

import click

from workshop.commands import contract, facilitator, site
from workshop.commands.options import (
    CONTENT_OPTION,
    FOLDER_ARGUMENT,
    PARTICIPANT_OPTION,
    SCENARIO_OPTION,
    content_folder,
)
from workshop.errors import ContentError, WorkshopError, offer

DEFAULT_FOLDER = "my-course"


class _Group(click.Group):
    """Shows our errors as one sentence, and offers the nearest command."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            message = f"the course's source has {_count(len(error.problems))}:\n{error}"
            raise click.ClickException(message) from error
        except WorkshopError as error:
            raise click.ClickException(str(error)) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise click.UsageError(f"There is no command {args[0]!r}. {offer(args[0], self.commands)}", ctx)
        return super().resolve_command(ctx, args)


def _count(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems} problems"


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(package_name="failforward-workshop")
def main() -> None:
    """Fail Forward: a workshop on owning a failure, saying it early, and changing the system.

    \b
    To take part:
      workshop start              open the course in JupyterLab, in the folder my-course
      workshop export             take your story along, as Word, Markdown and HTML
      workshop pages              your filled notebooks as pages, to keep or to send
      workshop ask --mode story draft.txt
                                  questions about the wording of any text
    \b
    To lead a session:
      workshop agenda 90 --start 09:30
                                  a running clock that adds up, and where to cut
      workshop notes 90           what to say, do and expect, minute by minute, to print
      workshop handouts 90        the exercises on paper, for the day the network fails
      workshop site               the course as a folder of static files, to run in any browser
    \b
    To write or adapt the course:
      workshop check              every problem in content/, each with its line and its fix
      workshop build              notebooks and facilitator notes from content/
      workshop run -p participant ana 08-your-story
                                  execute notebooks without a person

    Each command says more with --help.
    """


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_FOLDER)
@SCENARIO_OPTION
@click.option("--app", is_flag=True, help="Show the course as an app, without code cells. Needs Voila.")
@click.option("--no-browser", is_flag=True, help="Serve and print the address, without opening a browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to serve on. Default: 8888 or the next free one.")
def start(folder: Path, app: bool, no_browser: bool, port: int | None) -> None:
    """Open the course in JupyterLab, in FOLDER (default: my-course).

    The folder is made if it isn't there, with the course's notebooks in it. Your answers are kept in
    FOLDER/answers, one plain text file for each participant, on this machine only. Start again in the same folder
    and it opens where you stopped, with everything as you left it. A notebook that you have edited is never
    overwritten. A scenario pack is remembered by the folder; build its notebooks first.

    With --app the same notebooks, forms and answers come as plain pages, and their cells run by themselves. For that
    Voila must be installed: pip install 'failforward-workshop[app]'. Pages and JupyterLab can be used side by side.

    \b
    Examples:
      workshop start
      workshop start ~/fail-forward
      workshop start --app
      workshop start --no-browser --port 9000
      workshop start --scenario our-case our-course
    """
    from workshop.server import app_page, lab_page, serve
    from workshop.start import find_place, prepare

    prepared = prepare(folder)
    click.echo(f"Your folder: {folder.resolve()}")
    if prepared.updated:
        click.echo(f"Brought up to date: {', '.join(prepared.updated)}")
    for name in prepared.beside:
        new = Path(name).with_suffix(".new.ipynb")
        click.echo(f"You have edited {name}, so it stays as it is; the course's newer one lies beside it as {new}.")
    place = find_place(folder)
    click.echo(place.said)
    page = app_page(place.notebook) if app else lab_page(place.notebook)
    serve(folder, page, browser=not no_browser, port=port, say=click.echo)


@main.command()
@CONTENT_OPTION
@SCENARIO_OPTION
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="Plain lines, or annotations for CI.",
)
def check(content: Path | None, form: str) -> None:
    """List every problem in the course's source, in one run.

    Each line is FILE:LINE: what is wrong; what to do. The exit code is 1 if there is any problem. A module that needs
    data which the case doesn't have is left out, and that is said.

    \b
    Examples:
      workshop check
      workshop check --scenario our-case
      workshop check --format github
    """
    from workshop.content import load_course
    from workshop.workspace import scenario_root

    try:
        course = load_course(content_folder(content), scenario_root())
    except ContentError as error:
        for problem in error.problems:
            if form == "github":
                text = f"{problem.message}; {problem.fix}".replace("%", "%25").replace("\n", "%0A")
                click.echo(f"::error file={problem.path},line={problem.line}::{text}")
            else:
                click.echo(problem)
        click.echo(f"{_count(len(error.problems))}.", err=True)
        sys.exit(1)
    for stem, needs in course.left_out.items():
        click.echo(f"Left out: {stem}. It needs {' and '.join(f'{name}.yaml' for name in needs)}.", err=True)
    click.echo("No problems.", err=True)


@main.command()
@CONTENT_OPTION
@SCENARIO_OPTION
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; say what differs, and exit with 1 if anything does."
)
def build(content: Path | None, only_check: bool) -> None:
    """Build notebooks/ and facilitator_notes/, beside the course's source; for a scenario pack, inside the pack.

    Equal sources give equal bytes. The notebooks are executed with an empty journal, so that they carry outputs.
    With --check everything is built in memory and held against the files: each difference is named as prose, code
    or output, with its line in the source.

    \b
    Examples:
      workshop build
      workshop build --check
      workshop build --scenario our-case
    """
    from workshop.publish import build_files, check_files, write_files
    from workshop.workspace import scenario_root

    root = content_folder(content)
    into = scenario_root() or root.resolve().parent
    files = build_files(root, lambda line: click.echo(line, err=True))
    if only_check:
        differences = check_files(files, into)
        for difference in differences:
            click.echo(difference)
        if differences:
            click.echo("To mend it, run: workshop build", err=True)
            sys.exit(1)
        click.echo("Everything built is as the source gives it.", err=True)
        return
    changed = write_files(files, into)
    click.echo(
        "\n".join(f"wrote {path}" if path in files else f"deleted {path}" for path in changed) or "Nothing has changed."
    )


@main.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
@SCENARIO_OPTION
@click.option("--persona", default="", help="Whose answers fill the forms: a file in the scenario's personas/.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write. Default: executed/PERSONA."
)
@click.option("-p", "--parameter", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter.")
def run(notebooks: tuple[str, ...], persona: str, out: Path | None, parameters: tuple[tuple[str, str], ...]) -> None:
    """Execute notebooks without a person, through papermill.

    NOTEBOOK is a file or a module's name; without any, the whole course runs. The executed notebooks show the forms
    as the persona filled them, and the same questions that a person would see. A real participant's answers are
    never touched. A cell that fails is reported at its line in the Markdown source.

    \b
    Examples:
      workshop run --persona strong
      workshop run --persona weak --out review 08-your-story
      workshop run -p participant ana the-case
    """
    from workshop.run import find_notebooks, run_notebooks

    paths = find_notebooks(notebooks)
    target = out or Path("executed") / (persona or "nobody")
    bar = sys.stderr.isatty()
    written = run_notebooks(paths, target, persona, dict(parameters), lambda line: click.echo(line, err=True), bar=bar)
    click.echo("\n".join(str(path) for path in written))


@main.command()
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--mode", type=click.Choice(["story", "notice", "postmortem"]), required=True, help="What the text is.")
@click.option("--json", "as_json", is_flag=True, help='JSON lines in, {"id", "mode", "text"}; JSON lines out.')
def ask(file: TextIO, mode: str, as_json: bool) -> None:
    """Ask about the wording of a text, as the forms do.

    FILE is a text file; without it, or with -, the text comes from standard input. Each question quotes the words
    that it means. These are rules and no reader: they ask, and never score. A story wants an "I"; a post-mortem wants
    roles. With --json each line of input is one text (its own "mode", if it has one, counts), and each line of
    output has its "id", its "flags" and the quoted "spans".

    \b
    Examples:
      workshop ask --mode story draft.txt
      echo "Mistakes were made." | workshop ask --mode notice
    """
    from workshop.asking import ask_lines, ask_text

    for line in ask_lines(file, mode) if as_json else ask_text(file.read(), mode):
        click.echo(line)


@main.command()
@FOLDER_ARGUMENT
@PARTICIPANT_OPTION
@click.option("--format", "formats", multiple=True, help="docx, md or html; may be given more than once. Default: all.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write. Default: FOLDER/exports."
)
def export(folder: Path | None, participant: str, formats: tuple[str, ...], out: Path | None) -> None:
    """Write your story card, as Word, Markdown and HTML.

    FOLDER is the folder of 'workshop start' (default: my-course, or the current folder if it is one). What the
    story still lacks is said in the card and here.

    \b
    Examples:
      workshop export
      workshop export --format docx --out ~/Documents
    """
    from workshop.export import export_story

    for line in export_story(folder, participant, formats, out):
        click.echo(line)


@main.command()
@FOLDER_ARGUMENT
@PARTICIPANT_OPTION
@click.option("--all", "everything", is_flag=True, help="Modules without an answer, too.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write. Default: FOLDER/exports/pages-PARTICIPANT.",
)
def pages(folder: Path | None, participant: str, everything: bool, out: Path | None) -> None:
    """Write your notebooks as HTML pages, with your answers in them, to keep or to send.

    FOLDER is the folder of 'workshop start' (default: my-course, or the current folder if it is one). The notebooks
    run on a copy of your answers; they and the answers stay as they are. Each page is one file: it opens in any
    browser, without a network and without JupyterLab, and prints well. Modules that you have not begun are left out.

    \b
    Examples:
      workshop pages
      workshop pages --out ~/Documents/fail-forward
    """
    from workshop.pages import write_pages

    def told(line: str) -> None:
        click.echo(line, err=True)

    for path in write_pages(folder, participant, out, told, everything=everything, bar=sys.stderr.isatty()):
        click.echo(path)


for command in (*facilitator.COMMANDS, contract.contract, site.site):
    main.add_command(command)
