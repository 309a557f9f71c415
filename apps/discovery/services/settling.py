"""The one transaction in which an unlock is stored and paid."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NewType

from django.db import connection, transaction

from apps.accounts.models import User
from apps.credits.services import Charge, capture_hold, hold_credits, release_hold
from apps.discovery.models import Unlock
from apps.discovery.selectors.doors import ACTION
from apps.jobs.runs import JobRun
from apps.profiles.models import Profile
from apps.profiles.services import submit_discussion

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || %s, 0))"
LockedProfile = NewType("LockedProfile", Profile)


@dataclass(frozen=True, slots=True)
class Payment:
    """How an unlock will be paid: by whom, under which key of the wallet, at most for how much."""

    member: User
    hold_key: str
    max_credits: int | None = None


def lock_creator(profile: Profile) -> LockedProfile:
    """Let one transaction at a time decide about this creator in this team; the others wait for its commit."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f":unlock:{profile.pk}"])
    return LockedProfile(profile)


@transaction.atomic
def store_unlock(*, profile: Profile, payment: Payment, run: JobRun | None = None) -> tuple[Unlock, Charge | None]:
    """Store the current team's unlock and charge it, or return the unlock that is there with no charge.

    One commit holds the unlock, its capture and, for a job, the job's success: after a crash all of it happened or
    none. Locks in the order job, creator, wallet. Raises what `hold_credits` raises, `JobLost` and `JobCancelled`.
    """
    if run is not None:
        run.confirm()
    locked = lock_creator(profile)
    unlock, charge = find_or_pay(locked, payment=payment, run=run)
    if run is not None:
        run.succeed({**_outcome(unlock, charge), "username": profile.username})
    return unlock, charge


def find_or_pay(profile: LockedProfile, *, payment: Payment, run: JobRun | None) -> tuple[Unlock, Charge | None]:
    if unlock := Unlock.objects.filter(profile=profile).first():
        release_hold(key=payment.hold_key)
        return unlock, None
    place_hold(payment=payment, username=profile.username, job_id=run.job.pk if run else None)
    charge = capture_hold(key=payment.hold_key, subject=("profile", profile.username))
    unlock = Unlock.objects.create(
        profile=profile,
        member=payment.member,
        hold_key=payment.hold_key,
        credits=charge.credits,
        draws=charge.draws,
    )
    submit_discussion(profile)
    return unlock, charge


def place_hold(*, payment: Payment, username: str, job_id: Any = None) -> int:
    """Set the price of an unlock aside, once per key; returns the credits held (0 where an allowance pays)."""
    hold = hold_credits(
        action=ACTION,
        units=1,
        key=payment.hold_key,
        member=payment.member,
        job_id=job_id,
        subject=("profile", username),
        max_credits=payment.max_credits,
    )
    return int(hold.credits)


@transaction.atomic
def settle_limited(*, run: JobRun, username: str, hold_key: str, reasons: Sequence[Mapping[str, Any]]) -> None:
    """End a job whose report would be hollow: nothing is stored, nothing is charged."""
    run.confirm()
    release_hold(key=hold_key)
    run.succeed({"username": username, "outcome": "limited", "charged": 0, "reasons": list(reasons)})


def _outcome(unlock: Unlock, charge: Charge | None) -> dict[str, Any]:
    if charge is None:
        return {"outcome": "already_unlocked", "unlock_id": unlock.pk, "charged": 0}
    return {"outcome": "unlocked", "unlock_id": unlock.pk, "charged": charge.credits}


def show_charge(charge: Charge | None) -> dict[str, Any]:
    """A charge as answers carry it: `{credits, draws}`."""
    if charge is None:
        return {"action": ACTION, "units": 0, "credits": 0, "draws": []}
    shown = asdict(charge)
    return {name: shown[name] for name in ("action", "units", "credits", "draws")}
