"""The operator's command line, ``suluh``. What goes wrong is one sentence on stderr and exit code 1."""

from __future__ import annotations

import sys

import click

from casefile.errors import SuluhError
from operations.commands.compare import compare
from operations.commands.custody import custody
from operations.commands.demo import demo
from operations.commands.doctor import doctor
from operations.commands.fingerprint import fingerprint
from operations.commands.import_register import import_register
from operations.commands.link import link
from operations.commands.matching import matching
from operations.commands.migrate import migrate
from operations.commands.serve import serve
from operations.commands.up import setup, up
from operations.commands.urgency import urgency
from operations.commands.verify import verify


@click.group(name="suluh", context_settings={"help_option_names": ["-h", "--help"]})
def suluh() -> None:
    """Suluh: confidential reports of online gender-based violence."""


for command in (
    up,
    setup,
    serve,
    doctor,
    demo,
    fingerprint,
    migrate,
    custody,
    matching,
    verify,
    link,
    compare,
    urgency,
    import_register,
):
    suluh.add_command(command)


def main() -> None:
    """The console script."""
    try:
        suluh(prog_name="suluh")
    except SuluhError as error:
        click.echo(f"{error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
