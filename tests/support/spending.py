"""Teams that have spent for a while."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.credits.models import Entry
from apps.credits.selectors.periods import add_months, get_month
from apps.credits.services import capture_hold, grant_credits, hold_credits, release_hold


def spend(key: str, **more: Any) -> None:
    """Pay one profile analysis of the current team, unless told otherwise."""
    hold_credits(**{"action": "influencer_unlock", "key": key, **more})
    capture_hold(key=key)


def spend_a_while(*, owner: User, member: User, months: int = 1) -> None:
    """Let two members of the current team spend on three acts, over some months, and leave one act under way."""
    grant_credits(amount=3, origin="purchase", source_key="units", unit="influencer_unlock")
    for number in range(9):
        spend(f"u{number}", member=(owner, member)[number % 2], subject=("profile", f"creator{number}"))
    for number in range(12):
        spend(f"s{number}", member=member, action="advanced_search", subject=("search", "=coffee"))
    spend("m", member=owner, action="email_unlock", units=3)
    hold_credits(action="influencer_unlock", key="open", member=member, subject=("profile", "in.the.making"))
    hold_credits(action="influencer_unlock", key="failed", member=member)
    release_hold(key="failed")
    captures = Entry.objects.filter(kind="capture", unit="credits").order_by("seq")
    for at, key in enumerate(list(captures.values_list("key", flat=True))[::2]):
        date_back(key, months=at % months)


def date_back(key: str, *, months: int) -> None:
    """Let an entry have happened some months ago. The trigger forbids it to everybody else."""
    if not months:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE credits_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE credits_entry SET at = %s WHERE key = %s", [ago(months), key])
        cursor.execute("ALTER TABLE credits_entry ENABLE TRIGGER USER")


def ago(months: int) -> datetime:
    """The fourth day of the calendar month so many months before this one."""
    return add_months(get_month(at=timezone.now()).start, -months) + timedelta(days=3)
