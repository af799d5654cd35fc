"""The operator's command line, ``suluh``. What goes wrong is one sentence on stderr and exit code 1."""

from __future__ import annotations

import importlib
import sys

import click

from casefile.errors import SuluhError

COMMANDS = {
    "up": "up",
    "setup": "up",
    "serve": "serve",
    "doctor": "doctor",
    "demo": "demo",
    "fingerprint": "fingerprint",
    "migrate": "migrate",
    "custody": "custody",
    "matching": "matching",
    "verify": "verify",
    "link": "link",
    "compare": "compare",
    "urgency": "urgency",
    "import-register": "import_register",
}
"""Name of a command, and the module of ``operations.commands`` that it is in."""


class Commands(click.Group):
    """Loads a command when it is asked for: most need none of what the others stand on."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"operations.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


@click.group(name="suluh", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def suluh() -> None:
    """Suluh: confidential reports of online gender-based violence."""


def main() -> None:
    """The console script."""
    try:
        suluh(prog_name="suluh")
    except SuluhError as error:
        click.echo(f"{error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
