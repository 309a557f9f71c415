"""The team cache over what pages ask again and again (DESIGN section 8), forgotten as a whole by every change."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone

from apps.core.caching import cached, drop
from apps.teams.access import enter_team
from apps.teams.models import Team

from .periods import get_period

T = TypeVar("T")
BALANCE_SECONDS = 5 * 60
WALLET_SECONDS = 30 * 60
TRANSACTIONS_SECONDS = 10 * 60
USAGE_SECONDS = 60 * 60
PRICES_SECONDS = 60 * 60
_GENERATION = "credits:generation"
_DAY = 24 * 60 * 60


def read_cached(
    key: str, *, ttl: int, make: Callable[[], T], find_end: Callable[[T], datetime | None] | None = None
) -> T:
    """A value of the current team, made once per change of the wallet and at most `ttl` seconds old.

    `find_end` says of a value until when it is true: a grant's end changes a balance without anybody writing.

    The key carries a generation that each change replaces, so every filter and page of a list is forgotten at once and
    a value that was made from older data is never found again.
    """
    value = _read(key, ttl=ttl, make=make)
    ends_at = find_end(value) if find_end else None
    if ends_at is None or ends_at > timezone.now():
        return value
    drop(_GENERATION, alias="team")
    return _read(key, ttl=ttl, make=make)


def _read(key: str, *, ttl: int, make: Callable[[], T]) -> T:
    generation = cached(_GENERATION, ttl=_DAY, make=lambda: secrets.token_hex(8), alias="team")
    return cached(f"credits:{generation}:{key}", ttl=ttl, make=make, alias="team", stale_for=0)


def get_team_key() -> str:
    """The plan and billing period that the door found for the current team: both change what a wallet shows."""
    team: Team = connection.tenant  # type: ignore[attr-defined]
    period = get_period(anchor=team.billing_anchor_at, at=timezone.now())
    return f"{team.plan_version_id}:{period.key}"


def read_cached_transactions(address: str, *, make: Callable[[], T]) -> T:
    """A page of the ledger by its full address, which stands in the link to the next page as well."""
    digest = hashlib.sha256(address.encode()).hexdigest()
    return read_cached(f"transactions:{digest}", ttl=TRANSACTIONS_SECONDS, make=make)


def forget_wallet() -> None:
    """Forget what is cached of the current team as soon as the transaction commits."""
    team: Team = connection.tenant  # type: ignore[attr-defined]
    transaction.on_commit(lambda: _forget(team))


def _forget(team: Team) -> None:
    # The commit may come after the caller left the team, and the keys carry the schema.
    if connection.schema_name == team.schema_name:  # type: ignore[attr-defined]
        drop(_GENERATION, alias="team")
        return
    with enter_team(team):
        drop(_GENERATION, alias="team")
