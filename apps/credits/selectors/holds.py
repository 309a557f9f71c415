"""Finding a hold and what it drew, as parts of a larger question."""

import json

from apps.core.trips import Ask, Row, Statement, Table, ask
from apps.credits.models import Hold, HoldDraw

from .drawing import DrawLine, Source
from .terms import name_clock

HOLDS = Table(Hold)
DRAWS = Table(HoldDraw)
_LINES = f"""(
  SELECT jsonb_agg(jsonb_build_array(source, units, {DRAWS.name}.credits, grant_id) ORDER BY position)::text
  FROM {DRAWS.name} WHERE hold_id = {HOLDS.name}.id
)"""  # noqa: S608 - names of columns
_LATEST = "WHERE key = %s ORDER BY id DESC LIMIT 1"


def ask_hold(key: str) -> Ask[Hold | None]:
    """The hold of the key that counts: the live one, else the last released one."""
    return ask(HOLDS.read_first, HOLDS.select(_LATEST, key))


def ask_hold_and_lines(key: str) -> Ask[tuple[Hold | None, list[DrawLine]]]:
    """That hold and what it drew, in drawing order."""
    return ask(_read_both, HOLDS.select(_LATEST, key, also=_LINES))


def ask_next_id() -> Ask[int]:
    """A key for a new hold."""
    return ask(_read_number, Statement(f"SELECT nextval(pg_get_serial_sequence('{HOLDS.name}', 'id'))"))


def ask_overdue() -> Ask[bool]:
    """Whether the sweeper should ask if the work of some hold still runs."""
    return ask(bool, HOLDS.select(f"WHERE state = 'held' AND expires_at <= {name_clock()} LIMIT 1"))


def _read_both(rows: list[Row]) -> tuple[Hold | None, list[DrawLine]]:
    if not rows:
        return None, []
    *columns, lines = rows[0]
    drawn = [
        DrawLine(Source(source), units, amount, grant) for source, units, amount, grant in json.loads(lines or "[]")
    ]
    return HOLDS.read(tuple(columns)), drawn


def _read_number(rows: list[Row]) -> int:
    return int(rows[0][0])
