"""Finding a hold and what it drew, as parts of a larger question."""

from apps.core.trips import Ask, Row, Statement, Table, ask
from apps.credits.models import Hold, HoldDraw

from .drawing import DrawLine, Source
from .terms import name_clock

HOLDS = Table(Hold)
DRAWS = Table(HoldDraw)
_LATEST = "WHERE key = %s ORDER BY id DESC LIMIT 1"


def ask_hold(key: str) -> Ask[Hold | None]:
    """The hold of the key that counts: the live one, else the last released one."""
    return ask(HOLDS.read_first, HOLDS.select(_LATEST, key))


def ask_lines(key: str) -> Ask[list[DrawLine]]:
    """What that hold drew, in drawing order."""
    of_hold = f"WHERE hold_id = (SELECT id FROM {HOLDS.name} {_LATEST}) ORDER BY position"  # noqa: S608
    return ask(_read_lines, DRAWS.select(of_hold, key))


def ask_next_id() -> Ask[int]:
    """A key for a new hold."""
    return ask(_read_number, Statement(f"SELECT nextval(pg_get_serial_sequence('{HOLDS.name}', 'id'))"))


def ask_overdue() -> Ask[bool]:
    """Whether the sweeper should ask if the work of some hold still runs."""
    return ask(bool, HOLDS.select(f"WHERE state = 'held' AND expires_at <= {name_clock()} LIMIT 1"))


def _read_lines(rows: list[Row]) -> list[DrawLine]:
    draws = DRAWS.read_all(rows)
    return [DrawLine(Source(draw.source), draw.units, draw.credits, draw.grant_id) for draw in draws]


def _read_number(rows: list[Row]) -> int:
    return int(rows[0][0])
