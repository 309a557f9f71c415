"""Buying a creator's contact addresses: once for a team, and never where none is known."""

from dataclasses import dataclass, field
from typing import Any, Literal

from apps.accounts.models import User
from apps.credits.selectors import check_cap
from apps.discovery.selectors.entitlements import find_email_unlock
from apps.discovery.selectors.handles import check_handle
from apps.discovery.services.looking_up import fetch_unseen
from apps.discovery.services.settling import CONTACTS, Deal, Payment, show_charge, store_purchase
from apps.jobs.errors import error_of
from apps.jobs.models import Job
from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import Profile
from apps.profiles.selectors import find_profile, list_contacts, normalise_username
from apps.teams.models import Team

NO_ADDRESS = [{"code": "no_address", "message": "No address is known: neither in the account's fields nor its text."}]


@dataclass(frozen=True, slots=True)
class ContactsAnswer:
    """What came of asking for a creator's addresses.

    `unlocked`: paid now; `already`: the team had them; `limited`: none is known, nothing charged; `pending`: a creator
    never seen before is looked up by `job` first.
    """

    state: Literal["unlocked", "already", "limited", "pending"]
    profile: Profile | None = None
    charge: dict[str, Any] = field(default_factory=lambda: show_charge(None, ware=CONTACTS))
    reasons: list[dict[str, Any]] = field(default_factory=list)
    job: Job | None = None


def unlock_contacts(
    *, team: Team, member: User, username: str, max_credits: int | None = None, wait_seconds: float | None = None
) -> ContactsAnswer:
    """Give the current team lasting access to a creator's addresses, also those found later. Asking twice costs once.

    The price is held and captured in the transaction that stores the purchase. What is stored of the creator is sold;
    one never seen before is looked up within the team's daily budget.

    Refusals with nothing changed, in API.md's order: `InvalidUsername`, `MemberCapReached`, `ProfileNotFound`,
    `InsufficientCredits` / `AllowanceUsed`, `PriceChanged`.
    """
    username = normalise_username(username)
    profile = find_profile(username)
    if profile is not None and find_email_unlock(profile):
        return ContactsAnswer(state="already", profile=profile)
    check_cap(action=CONTACTS.action, member=member)
    if profile is None:
        job = fetch_unseen(team=team, member=member, username=username, wait_seconds=wait_seconds)
        if job.is_active:
            return ContactsAnswer(state="pending", job=job)
        profile = _read_outcome(job, username)
    elif profile.unavailable_at is not None:
        check_handle(username)
    if not list_contacts(profile):
        return ContactsAnswer(state="limited", profile=profile, reasons=NO_ADDRESS)
    return _buy(profile, member=member, max_credits=max_credits)


def _buy(profile: Profile, *, member: User, max_credits: int | None) -> ContactsAnswer:
    payment = Payment(member=member, hold_key=f"email:{profile.pk}", max_credits=max_credits)
    _, charge = store_purchase(deal=Deal(CONTACTS, profile, profile.username), payment=payment)
    state: Literal["unlocked", "already"] = "unlocked" if charge else "already"
    return ContactsAnswer(state=state, profile=profile, charge=show_charge(charge, ware=CONTACTS))


def _read_outcome(job: Job, username: str) -> Profile:
    if job.state == Job.State.FAILED:
        raise error_of(job.error or {})
    profile = find_profile(username)
    if profile is None:
        raise ProfileNotFound
    return profile
