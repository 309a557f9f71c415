"""What the user sees while something is started: short lines, in order, at once."""

import sys


def say(text: str = "") -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
