"""`make bench`: the product beside its peer and the server's ceiling; teams beside the ways to make and migrate them;
the ledger beside a bare psycopg script; the engines at full size beside plain pipelines; similar
creators beside exact search.

    python -m bench [report] [teams] [ledger] [analysis] [similar]        all without an argument

Needs DATABASE_URL and REDIS_URL of servers that may be filled (make bench starts some), and wrk.
"""

import os
import sys
from collections.abc import Callable

from bench import analysis, ledger, report, similar, teams

PARTS: dict[str, Callable[[], None]] = {
    "report": report.run,
    "teams": teams.run,
    "ledger": ledger.run,
    "analysis": analysis.run,
    "similar": similar.run,
}


def main(arguments: list[str]) -> int:
    """Run the named parts in order."""
    if unknown := sorted(set(arguments) - set(PARTS)):
        print(f"bench: no part named {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    if not os.environ.get("DATABASE_URL"):
        print("bench: run it by `make bench`, or give DATABASE_URL and REDIS_URL", file=sys.stderr)
        return 2
    for name, part in PARTS.items():
        if not arguments or name in arguments:
            part()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
