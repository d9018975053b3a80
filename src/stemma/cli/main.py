"""`stemma COMMAND …`: finds the command, runs it, turns faults into words and exit statuses.

Exit status: 0 all well, 1 some input was rejected and all other is done, 2 usage, 130 stopped by Ctrl-C. A command's
module is loaded only when it is called, so that `stemma quotes` need not load an HTML parser.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence

from stemma import __version__
from stemma.errors import StemmaError, UsageError

COMMANDS = {
    "read": "read pages, files and archives into the store, and print the stories",
    "show": "show stories, one story, one article, or what was rejected",
    "search": "find articles and stories by words",
    "serve": "serve the store as web pages",
    "run": "follow, process and serve in one process",
    "follow": "follow a site, feed, sitemap or OPML file",
    "sources": "list what is followed, with its health",
    "export": "write what is followed as OPML",
    "backup": "copy the store into one file, also while it is in use",
    "restore": "make such a copy the store",
    "withhold": "take an article, an outlet or addresses out of everything that is shown",
    "erase": "erase what is withheld from the store at once",
    "merge": "make two stories one, against every later review",
    "split": "take articles out of a story, against every later review",
    "families": "say which outlets have one owner, and count newsrooms anew",
    "extract": "pages to articles: text, title, dates with their evidence",
    "stories": "group articles into stories",
    "lineage": "find who copied whom, and what the copy changed",
    "quotes": "find quotations and their speakers",
    "figures": "find figures and what they count",
    "compare": "bring together what several articles of a story say",
    "brief": "sum a story up in cited sentences",
    "timeline": "lay a long affair out by dates",
}


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _top_parser()
    if not given or given[0].startswith("-") or given[0] not in COMMANDS:
        parser.parse_args(given)
        parser.print_help(sys.stderr)
        return 2
    name = given[0]
    if name == "run":
        # Else numpy asks for pages of 2 MB, and tables that are touched here and there fill them whole: 84 MB more.
        os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    command = importlib.import_module(f"stemma.cli.{name}")
    command_parser = argparse.ArgumentParser(
        prog=f"stemma {name}",
        description=command.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(command_parser)
    options = command_parser.parse_args(given[1:])
    if sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        status: int = command.run(options)
        sys.stdout.flush()
        return status
    except UsageError as fault:
        print(f"stemma {name}: {fault}", file=sys.stderr)
        return 2
    except StemmaError as fault:
        print(f"stemma {name}: {fault}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: as other filters do, stop without a word.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE


def _top_parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="stemma",
        usage="stemma COMMAND …",
        description=f"One page to a story, each sentence with its source.\n\ncommands:\n{lines}",
        epilog="stemma COMMAND --help says more. STEMMA_HOME is the folder of all that is kept.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"stemma {__version__}")
    parser.add_argument("command", choices=list(COMMANDS), help=argparse.SUPPRESS)
    return parser
