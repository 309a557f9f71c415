"""All files are checked as a whole before anything is written. What is kept meanwhile are ids, not rows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.plans.selectors import list_prices

from .fields import FieldWrong
from .parsing import FORMATS, TEAMS, UNLOCKS, USERS, WALLETS, Format, OldLot, OldTeam, OldUnlock, OldUser
from .reading import Fault, Row, read_rows


def read_file(folder: Path, wanted: Format) -> Iterator[tuple[Row, Any] | Fault]:
    """The rows of a file with what they say; nothing where the file is not there."""
    path = folder / wanted.file
    if not path.exists():
        return
    for row in read_rows(path, required=set(wanted.required), known=wanted.columns):
        if isinstance(row, Fault):
            yield row
            continue
        try:
            yield row, wanted.read(row)
        except FieldWrong as wrong:
            yield row.fault(wrong.code, wrong.detail)


class Checker:
    """Goes through the files and gathers the ids that rows of other files name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: dict[str, set[str]] = {"user": set(), "email": set(), "team": set(), "lot": set(), "unlock": set()}
        self.team_rows: dict[str, int] = {}
        self.owned: set[str] = set()
        self.staff = set(User.objects.filter(is_superuser=True).values_list("email", flat=True))
        self.units = {"credits", *(price.action for price in list_prices())}

    def check(self) -> Iterator[Fault]:
        """Every fault, in order of files and rows."""
        if not any((self.folder / one.file).exists() for one in FORMATS):
            yield Fault(str(self.folder.name), 0, "folder.empty")
            return
        checks: dict[Format, Callable[[Row, Any], Iterator[Fault]]] = {
            TEAMS: self._check_team,
            USERS: self._check_user,
            WALLETS: self._check_lot,
            UNLOCKS: self._check_unlock,
        }
        for wanted, check in checks.items():
            for found in read_file(self.folder, wanted):
                if isinstance(found, Fault):
                    yield found
                else:
                    yield from check(*found)
            if wanted is USERS:
                yield from self._check_owners()

    def _check_owners(self) -> Iterator[Fault]:
        for team_id, row in self.team_rows.items():
            if team_id not in self.owned:
                yield Fault(TEAMS.file, row, "owner.missing", team_id)

    def _check_team(self, row: Row, team: OldTeam) -> Iterator[Fault]:
        yield from self._once("team", team.id, row, "id.duplicate")
        self.team_rows.setdefault(team.id, row.number)
        if team.paid_until is not None and team.plan != "free" and team.paid_until <= timezone.now():
            yield row.fault("paid_until.past", row["paid_until"])

    def _check_user(self, row: Row, user: OldUser) -> Iterator[Fault]:
        yield from self._once("user", user.id, row, "id.duplicate")
        yield from self._once("email", user.email, row, "email.duplicate")
        if user.team_id and user.team_id not in self.seen["team"]:
            yield row.fault("team.unknown", user.team_id)
        if user.role == "owner":
            if user.team_id in self.owned:
                yield row.fault("owner.duplicate", user.team_id)
            self.owned.add(user.team_id)
        if user.email in self.staff:
            yield row.fault("user.is_staff", user.email)

    def _check_lot(self, row: Row, lot: OldLot) -> Iterator[Fault]:
        yield from self._once("lot", lot.id, row, "id.duplicate")
        if lot.team_id not in self.seen["team"]:
            yield row.fault("team.unknown", lot.team_id)
        if lot.unit not in self.units:
            yield row.fault("unit.unknown", lot.unit)

    def _check_unlock(self, row: Row, unlock: OldUnlock) -> Iterator[Fault]:
        yield from self._once("unlock", f"{unlock.team_id} {unlock.username}", row, "unlock.duplicate")
        if unlock.team_id not in self.seen["team"]:
            yield row.fault("team.unknown", unlock.team_id)
        if unlock.user_id and unlock.user_id not in self.seen["user"]:
            yield row.fault("user.unknown", unlock.user_id)

    def _once(self, kind: str, key: str, row: Row, code: str) -> Iterator[Fault]:
        if key in self.seen[kind]:
            yield row.fault(code, key)
        self.seen[kind].add(key)
