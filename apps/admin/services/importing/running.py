"""The whole import: check everything, then bring everything, telling of each row."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.core.errors import DomainError

from .bringing import (
    EXPIRED,
    KNOWN,
    NOTHING_LEFT,
    bring_creator,
    bring_lot,
    bring_place,
    bring_team,
    bring_user,
    preview_users,
)
from .checking import Checker, read_file
from .parsing import TEAMS, UNLOCKS, USERS, WALLETS, OldUser
from .reading import Fault, Row

Say = Callable[[str], object]
FAULTS_TOLD = 500
AT_ONCE = 200
# What brings nothing is not new, however often it is read.
COUNTED_APART = {KNOWN, NOTHING_LEFT, EXPIRED}


@dataclass
class Report:
    """What came of it: `faults` before anything was written, `failed` rows that refused while they were brought."""

    faults: int = 0
    failed: int = 0
    done: Counter[str] = field(default_factory=Counter)


def import_customers(folder: Path, *, apply: bool, say: Say, progress: Say) -> Report:
    """Bring users, teams, what is left in wallets, and unlocks over from the CSV files of a folder.

    Without `apply` nothing is written. All files are checked first; with a fault in any of them nothing is written
    either. Repeatable, also after an interruption: what was brought is known by its old id.
    """
    report = Report()
    for fault in Checker(folder).check():
        report.faults += 1
        if report.faults <= FAULTS_TOLD:
            say(str(fault))
    if report.faults:
        return report
    for number, (row, act) in enumerate(_list_steps(folder, apply=apply), start=1):
        _take(report, row, act, say=say)
        if number % 1_000 == 0:
            progress(f"{number} rows")
    return report


def _take(report: Report, row: Row, act: Callable[[], str], *, say: Say) -> None:
    try:
        what = act()  # a transaction of its own where it writes
    except DomainError as error:
        report.failed += 1
        say(str(row.fault(error.code, error.message)))
        return
    report.done[f"{row.file} {what if what in COUNTED_APART else 'new'}"] += 1
    say(f"{row.file}:{row.number} {what}")


def _write(act: Callable[..., str], *, apply: bool, **given: Any) -> str:
    if not apply:
        return act(apply=False, **given)
    with transaction.atomic():
        return act(apply=True, **given)


@transaction.atomic
def _bring_user(user: OldUser) -> str:
    return bring_user(user)


def _list_steps(folder: Path, *, apply: bool) -> Iterator[tuple[Row, Callable[[], str]]]:
    """In the order in which one needs the other. The files are read again: only owners are kept in memory."""
    owners: dict[str, OldUser] = {}
    yield from _list_users(folder, owners, apply=apply)
    for row, team in _read(folder, TEAMS):
        yield row, partial(_write, bring_team, apply=apply, old=team, owner=owners[team.id])
    for row, user in _read(folder, USERS):
        if user.team_id and user.role != "owner":
            yield row, partial(_write, bring_place, apply=apply, old=user)
    for row, lot in _read(folder, WALLETS):
        yield row, partial(_write, bring_lot, apply=apply, old=lot)
    for row, unlock in _read(folder, UNLOCKS):
        yield row, partial(_write, bring_creator, apply=apply, old=unlock)


def _list_users(folder: Path, owners: dict[str, OldUser], *, apply: bool) -> Iterator[tuple[Row, Callable[[], str]]]:
    """A dry run asks for many at once. Notes who owns which team."""
    for some in _read_some(folder, USERS):
        previews = {} if apply else preview_users([user for _, user in some])
        for row, user in some:
            if user.role == "owner":
                owners[user.team_id] = user
            yield row, partial(_bring_user, user) if apply else partial(previews.__getitem__, user.id)


def _read_some(folder: Path, wanted: Any) -> Iterator[list[tuple[Row, Any]]]:
    rows = _read(folder, wanted)
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _read(folder: Path, wanted: Any) -> Iterator[tuple[Row, Any]]:
    for found in read_file(folder, wanted):
        if not isinstance(found, Fault):
            yield found
