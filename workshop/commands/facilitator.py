"""Commands for whoever leads a session: agenda, notes, handouts, worked notebooks."""

import sys
from datetime import date, datetime, time
from pathlib import Path

import click

from workshop.commands.options import CONTENT_OPTION, SCENARIO_OPTION, content_folder


def _time_of_day(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no time of day such as 09:30.") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no date such as 2026-03-02.") from error


START_OPTION = click.option(
    "--start", type=_time_of_day, metavar="HH:MM", default="09:00", show_default=True, help="When it begins."
)
DATE_OPTION = click.option(
    "--date",
    "dates",
    type=_day,
    metavar="YYYY-MM-DD",
    multiple=True,
    help="The day; for several sessions once for each, or the first one, and the others follow a week apart.",
)
OUT_OPTION = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="printed",
    show_default=True,
    help="The folder to write to.",
)
PDF_OPTION = click.option("--pdf", is_flag=True, help="Print to PDF as well. Needs Chromium or Chrome.")
PAPER_OPTION = click.option(
    "--paper", type=click.Choice(["A4", "letter"], case_sensitive=False), default="A4", show_default=True,
    help="The paper of the PDF.",
)  # fmt: skip


@click.command()
@click.argument("name", required=False)
@START_OPTION
@DATE_OPTION
@click.option("--format", "form", type=click.Choice(["md", "html", "ics"]), default="md", show_default=True)
@CONTENT_OPTION
@SCENARIO_OPTION
def agenda(name: str | None, start: time, dates: tuple[date, ...], form: str, content: Path | None) -> None:
    """Show an agenda with a running clock: md, html, or ics for a calendar.

    NAME is an agenda or its length in minutes; without it the agendas are listed. The minutes add up exactly; beside
    them stands how short and how long each part may get, and below, what to cut when you are late.

    \b
    Examples:
      workshop agenda
      workshop agenda 90 --start 09:30
      workshop agenda remote-4x75 --date 2026-03-02 --format ics > sessions.ics
    """
    from workshop.paper import list_agendas, write_agenda

    root = content_folder(content)
    if name is None:
        click.echo("\n".join(list_agendas(root)))
    else:
        click.echo(write_agenda(root, name, start, dates, form), nl=False)


@click.command()
@click.argument("agendas", nargs=-1, metavar="[AGENDA]...")
@START_OPTION
@DATE_OPTION
@OUT_OPTION
@PDF_OPTION
@PAPER_OPTION
@CONTENT_OPTION
@SCENARIO_OPTION
def notes(
    agendas: tuple[str, ...],
    start: time,
    dates: tuple[date, ...],
    out: Path,
    pdf: bool,
    paper: str,
    content: Path | None,
) -> None:
    """Write the facilitator's notes for an agenda, to print.

    One page with the clock in its margin: for each step its purpose, what to say and do, what to watch for, what good
    answers look like, and what people have in front of them; the session guide is the annex. Without AGENDA, for every
    agenda.

    \b
    Examples:
      workshop notes 90 --start 09:30
      workshop notes half-day --pdf --paper letter --out for-thursday
    """
    from workshop.paper import write_notes

    written = write_notes(content_folder(content), agendas, start, dates, out, paper if pdf else "")
    click.echo("\n".join(str(path) for path in written))


@click.command()
@click.argument("names", nargs=-1, metavar="[AGENDA|MODULE]...")
@OUT_OPTION
@PDF_OPTION
@PAPER_OPTION
@CONTENT_OPTION
@SCENARIO_OPTION
def handouts(names: tuple[str, ...], out: Path, pdf: bool, paper: str, content: Path | None) -> None:
    """Write the paper version of the exercises, for the day the network fails.

    Each exercise is a sheet to write on, with the tables and charts that it needs. Nothing for facilitators is in it.
    Name modules, or an agenda to get what it uses in one file; without either, every module in a file of its own.

    \b
    Examples:
      workshop handouts 90 --pdf
      workshop handouts the-case your-story
    """
    from workshop.paper import write_handouts

    written = write_handouts(content_folder(content), names, out, paper if pdf else "")
    click.echo("\n".join(str(path) for path in written))


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE]...")
@click.option("--persona", default="strong", show_default=True, help="Whose answers fill the forms.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="worked",
    show_default=True,
    help="The folder to write to.",
)
@CONTENT_OPTION
@SCENARIO_OPTION
def worked(modules: tuple[str, ...], persona: str, out: Path, content: Path | None) -> None:
    """Write the worked notebooks: filled in, executed, and with the worked answers. For facilitators only.

    They are the participants' notebooks with the answers of an excellent participant, and a cell with the worked
    answer after each exercise that has one. Without MODULE, the whole course.

    \b
    Examples:
      workshop worked
      workshop worked the-case --out for-me
    """
    from workshop.run import run_worked

    def say(line: str) -> None:
        click.echo(line, err=True)

    written = run_worked(content_folder(content), modules, persona, out, say, bar=sys.stderr.isatty())
    click.echo("\n".join(str(path) for path in written))


COMMANDS = (agenda, notes, handouts, worked)
