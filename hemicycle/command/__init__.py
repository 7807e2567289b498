"""The command line: a table of commands, each a module with `configure(parser)` and `run(args) -> int`.

A problem that an operator can cause or mend is told in a sentence; anything else crashes loudly.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from hemicycle.ground.opening import open_house

# Name, module, and what it does in one line. A module is loaded only when its command is asked for.
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("run", "start Hemicycle here: set up what is missing, then serve until Ctrl-C"),
    "demo": ("demo", "build the demo, or begin it anew with --reset"),
    "verify": ("verify", "check every book, and say the first place that does not hold"),
    "export-book": ("export_book", "write a book as JSON Lines that anyone can check without Hemicycle"),
    "backup": ("backup", "copy the database and the files into one archive, while Hemicycle runs"),
    "restore": ("restore", "bring a backup back into an empty place"),
    "read": ("read", "read published reports: what met, when, who, what was decided, and the passage for each"),
    "archive": ("archiving", "store published reports whole, and read them for review"),
    "count": ("count", "count a file of ballots from anywhere: BLT, CSV, or Debian's tally sheets"),
    "bench": ("bench", "measure this machine: acts, screens, counting, search, or reading"),
    "recount": ("recount", "count a published ballot again from its export alone, and compare what it claims"),
    "rollup": ("rollup", "hold the figures of tasks against their reports, or compute them --anew"),
    "createadmin": ("createadmin", "open an administrator's account"),
    "migrate": ("migrate", "bring the database to this version of Hemicycle"),
}
# The first sets settings itself before Django reads them; the others need no house.
BARE = frozenset({"run", "read", "count", "recount"})


class Stop(Exception):
    """A command cannot go on; the sentence says why and what to do. `code` is 1, or 2 where it was asked wrongly."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and end the process with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
    raise SystemExit(obey(sys.argv[1:] if arguments is None else list(arguments)))


def obey(arguments: list[str]) -> int:
    """Run one command and return its code: 0 done, 1 not done, 2 asked wrongly, 130 stopped by Ctrl-C."""
    try:
        args = read_arguments(arguments)
        code: int = args.run(args)
    except KeyboardInterrupt:
        print()
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        from hemicycle.command.faults import told

        stop = told(error)
        if stop is None:
            raise
        print(stop.sentence, file=sys.stderr)
        return stop.code
    return code


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed arguments, with `run` set to the function of the command."""
    parser = argparse.ArgumentParser(
        prog="hemicycle",
        description="Hemicycle runs a deliberative body: from summons to account, on one verifiable record.",
        epilog="“hemicycle COMMAND --help” says more about one command.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    asked = next((word for word in arguments if word in COMMANDS), None)
    for name, (module_name, line) in COMMANDS.items():
        command = commands.add_parser(name, help=line, description=f"{line[0].upper()}{line[1:]}.")
        if name == asked:
            if name not in BARE:
                open_house()
            module = import_module(f"hemicycle.command.{module_name}")
            module.configure(command)
            command.set_defaults(run=module.run)
    return parser.parse_args(arguments)
