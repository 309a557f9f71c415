"""One clock for all processes of the fuzz, days ahead: the ledger's in the database, everybody else's in Django.

Stripe's is leapt by `advance`; leases of jobs and what the operating system counts stay real.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from .taking import take_away

LEDGER_CLOCK = "public.fuzz_clock"
VARIABLE = "FUZZ_CLOCK"


def leap_to(days: float, path: Path | None = None) -> None:
    """From now on it is so many days later; without a path for the ledger only."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {LEDGER_CLOCK}() RETURNS timestamptz LANGUAGE sql VOLATILE"
            f" AS $$ SELECT clock_timestamp() + interval '{days} days' $$"
        )
    if path is not None:
        written = path.with_suffix(".new")
        written.write_text(str(days))
        written.replace(path)


def follow(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let `timezone.now`, whoever kept it, and the ledger follow the leaps."""
    from apps.credits.selectors import terms

    def read_leap() -> timedelta:
        return timedelta(days=float(path.read_text()))

    take_away(monkeypatch, timezone.now, ("return datetime", "return read_leap() + datetime"), read_leap=read_leap)
    monkeypatch.setattr(terms, "CLOCK", LEDGER_CLOCK)


def follow_for_good() -> None:
    """In a process of the fuzz, which is told by its environment where the leaps are written."""
    follow(pytest.MonkeyPatch(), Path(os.environ[VARIABLE]))
