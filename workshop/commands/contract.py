"""Commands on the dependency contract of the case."""

import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def contract() -> None:
    """The dependency contract of the case, and what it takes to hold a provider to it.

    \b
    Examples:
      workshop contract matrix
      workshop contract matrix --json
    """


@contract.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every clause that a runner saw broken.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which amounts the verifier tries.")
def matrix(as_json: bool, seed: int) -> None:
    """Which runner finds which bug: each bug is planted alone, and every runner is pointed at it.

    The runners are the narrow suite that the case's team had, the contract's schema in three degrees of strictness,
    and the schema with the laws. A cell names the clauses that were seen broken. Nothing is looked up: the services
    run, in this process, in a few seconds.

    \b
    Examples:
      workshop contract matrix
      workshop contract matrix --json --seed 3
    """
    import json

    from workshop.payments.bugs import BUGS
    from workshop.payments.document import fx_quote
    from workshop.payments.matrix import as_data, as_markdown
    from workshop.payments.matrix import matrix as compute

    with click.progressbar(length=len(BUGS), label="Planting bugs", file=sys.stderr) as bar:
        rows = compute(fx_quote(), seed=seed, progress=lambda bug: bar.update(1))
    click.echo(json.dumps(as_data(rows), indent=1) if as_json else as_markdown(rows), nl=as_json)
