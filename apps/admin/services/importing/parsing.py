"""The four files, each row as what it says. docs/recipes.md documents the columns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.billing.models import Interval
from apps.plans.models import Plan
from apps.profiles.errors import InvalidUsername
from apps.profiles.selectors import normalise_username
from apps.teams.models import Membership

from . import fields
from .fields import FieldWrong
from .reading import Row


@dataclass(frozen=True)
class OldUser:
    id: str
    email: str
    full_name: str
    password_hash: str | None
    is_verified: bool
    team_id: str
    role: str


@dataclass(frozen=True)
class OldTeam:
    id: str
    name: str
    plan: str
    interval: str
    price_cents: int | None
    paid_until: datetime | None


@dataclass(frozen=True)
class OldLot:
    id: str
    team_id: str
    unit: str
    amount: int
    expires_at: datetime | None


@dataclass(frozen=True)
class OldUnlock:
    team_id: str
    username: str
    user_id: str
    unlocked_at: datetime | None


def _read_user(row: Row) -> OldUser:
    team_id = fields.read_id(row["team_id"]) if row["team_id"] else ""
    roles = set(Membership.Role.values)
    return OldUser(
        id=fields.read_id(row["id"]),
        email=fields.read_email(row["email"]),
        full_name=row["full_name"][:150],
        password_hash=fields.read_hash(row["password_hash"]),
        is_verified=fields.read_flag(row["email_verified"]),
        team_id=team_id,
        role=fields.read_choice(row["role"], roles, code="role.unknown") if team_id else "",
    )


def _read_team(row: Row) -> OldTeam:
    plan = fields.read_choice(row["plan"], set(Plan.Code.values), code="plan.unknown")
    paid_until = fields.read_time(row["paid_until"])
    if plan != Plan.Code.FREE and paid_until is None:
        raise FieldWrong("paid_until.missing")
    if not row["name"] or len(row["name"]) > 80:
        raise FieldWrong("name.invalid", row["name"])
    interval = row["interval"] or Interval.MONTH.value
    return OldTeam(
        id=fields.read_id(row["id"]),
        name=row["name"],
        plan=plan,
        interval=fields.read_choice(interval, set(Interval.values), code="interval.unknown"),
        price_cents=fields.read_number(row["price_cents"], code="price") if row["price_cents"] else None,
        paid_until=paid_until,
    )


def _read_lot(row: Row) -> OldLot:
    return OldLot(
        id=fields.read_id(row["id"]),
        team_id=fields.read_id(row["team_id"]),
        unit=row["unit"] or "credits",
        amount=fields.read_number(row["amount"], code="amount", most=fields.AMOUNT_MAX),
        expires_at=fields.read_time(row["expires_at"]),
    )


def _read_unlock(row: Row) -> OldUnlock:
    try:
        username = normalise_username(row["username"])
    except InvalidUsername as error:
        raise FieldWrong("username.invalid", row["username"]) from error
    return OldUnlock(
        team_id=fields.read_id(row["team_id"]),
        username=username,
        user_id=fields.read_id(row["user_id"]) if row["user_id"] else "",
        unlocked_at=fields.read_time(row["unlocked_at"]),
    )


@dataclass(frozen=True)
class Format:
    """A file: its columns, and how a row of it is read."""

    file: str
    required: frozenset[str]
    optional: frozenset[str]
    read: Callable[[Row], Any]

    @property
    def columns(self) -> set[str]:
        return {*self.required, *self.optional}


USERS = Format(
    "users.csv",
    frozenset({"id", "email"}),
    frozenset({"full_name", "password_hash", "email_verified", "team_id", "role"}),
    _read_user,
)
TEAMS = Format(
    "teams.csv", frozenset({"id", "name", "plan"}), frozenset({"interval", "price_cents", "paid_until"}), _read_team
)
WALLETS = Format("wallets.csv", frozenset({"id", "team_id", "amount"}), frozenset({"unit", "expires_at"}), _read_lot)
UNLOCKS = Format("unlocks.csv", frozenset({"team_id", "username"}), frozenset({"user_id", "unlocked_at"}), _read_unlock)
FORMATS = (USERS, TEAMS, WALLETS, UNLOCKS)
