"""Versions of plans and prices that two of the staff work on at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError

from apps.plans import services
from apps.plans.errors import VersionPublished
from apps.plans.models import PriceRule
from apps.plans.services import draft_next_version, edit_draft, publish_version

from .overtaking import Overtaking, overtake
from .taking import take_away

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]


@dataclass(frozen=True)
class Lock:
    """Who locks and with which text, the race, and what comes of it with the lock and without."""

    by: Callable[..., Any]
    text: tuple[str, str]
    race: Callable[[], Overtaking]
    kept: Any
    lost: Any


def get_rule() -> PriceRule:
    return PriceRule.objects.filter(action="influencer_unlock").latest("version")


def draft_twice() -> Overtaking:
    """Both get the same draft."""
    rule = get_rule()
    return Overtaking(
        slow=lambda: draft_next_version(rule),
        quick=lambda: draft_next_version(rule),
        before=(PriceRule, "save"),
        see=lambda outcomes: (
            outcomes.count(IntegrityError),
            PriceRule.objects.filter(action=rule.action, published_at=None).count(),
        ),
    )


def publish_while_editing() -> Overtaking:
    """What is published no longer changes."""
    draft, _ = draft_next_version(get_rule())
    price = draft.credits

    def see(_outcomes: Any) -> tuple[bool, int]:
        """Whether it was published with the price that it has now, and what that is."""
        draft.refresh_from_db()
        return seen_when_published == [draft.credits], draft.credits - price

    seen_when_published: list[int] = []

    def publish() -> None:
        seen_when_published.append(publish_version(draft).credits)

    return Overtaking(
        slow=lambda: edit_draft(draft, {"credits": price + 1}), quick=publish, before=(PriceRule, "save"), see=see
    )


def publish_twice() -> Overtaking:
    """The second is told that it counts already, and since when it does stays."""
    draft, _ = draft_next_version(get_rule())
    return Overtaking(
        slow=lambda: publish_version(draft),
        quick=lambda: publish_version(draft),
        before=(PriceRule, "save"),
        see=lambda outcomes: outcomes.count(VersionPublished),
    )


ROWS = '.select_for_update(of=("self",))'
LOCKS = [
    Lock(services._lock_series, (ROWS, ""), draft_twice, kept=(0, 1), lost=(1, 1)),
    Lock(edit_draft, (ROWS, ""), publish_while_editing, kept=(True, 1), lost=(False, 1)),
    Lock(services._lock_series, (ROWS, ""), publish_twice, kept=1, lost=0),
]
each_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.race.__name__)


@each_lock
def test_the_lock_holds(lock, monkeypatch):
    assert overtake(monkeypatch, lock.race()) == lock.kept


@each_lock
def test_without_the_lock_the_harm_is_done(lock, monkeypatch):
    """The canary."""
    race = lock.race()
    take_away(monkeypatch, lock.by, lock.text)

    assert overtake(monkeypatch, race) == lock.lost
