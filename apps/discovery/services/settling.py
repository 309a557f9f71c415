"""The one transaction in which what a team buys is stored and paid."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NewType

from django.db import connection, transaction

from apps.accounts.models import User
from apps.credits.services import Charge, capture_hold, hold_credits, release_hold
from apps.discovery.models import EmailUnlock, PostUnlock, Purchase, Unlock
from apps.discovery.selectors.doors import ACTION, EMAIL_ACTION, POST_ACTION
from apps.jobs.runs import JobRun
from apps.profiles.models import Post, Profile
from apps.profiles.services import submit_discussion

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || %s, 0))"


@dataclass(frozen=True, slots=True)
class Ware:
    """A kind of thing that a team buys once and for good: its table, the column that says of what, and its price."""

    table: type[Purchase]
    column: str
    action: str
    name: str


REPORT = Ware(Unlock, "profile", ACTION, "unlock")
CONTACTS = Ware(EmailUnlock, "profile", EMAIL_ACTION, "email")
ANALYTICS = Ware(PostUnlock, "post", POST_ACTION, "post")


@dataclass(frozen=True, slots=True)
class Deal:
    """One thing of a kind: the creator or post that it is about, and what the ledger calls it."""

    ware: Ware
    thing: Profile | Post
    label: str

    def find(self) -> Purchase | None:
        """What the current team has of it already. One query."""
        found: Purchase | None = self.ware.table._default_manager.filter(**{self.ware.column: self.thing}).first()
        return found


LockedDeal = NewType("LockedDeal", Deal)


@dataclass(frozen=True, slots=True)
class Payment:
    """How a purchase will be paid: by whom, under which key of the wallet, at most for how much."""

    member: User
    hold_key: str
    max_credits: int | None = None


def lock_deal(deal: Deal) -> LockedDeal:
    """Let one transaction at a time decide about this thing in this team; the others wait for its commit."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f":{deal.ware.name}:{deal.thing.pk}"])
    return LockedDeal(deal)


@transaction.atomic
def store_purchase(*, deal: Deal, payment: Payment, run: JobRun | None = None) -> tuple[Purchase, Charge | None]:
    """Store what the current team buys and charge it, or return what it has already with no charge.

    One commit holds the purchase, its capture and, for a job, the job's success: after a crash all of it happened or
    none. Locks in the order job, thing, wallet. Raises what `hold_credits` raises, `JobLost` and `JobCancelled`.
    """
    if run is not None:
        run.confirm()
    purchase, charge = find_or_pay(lock_deal(deal), payment=payment, run=run)
    if run is not None:
        run.succeed({**_outcome(purchase, charge), _LABELS[deal.ware.column]: deal.label})
    return purchase, charge


def find_or_pay(deal: LockedDeal, *, payment: Payment, run: JobRun | None) -> tuple[Purchase, Charge | None]:
    if purchase := deal.find():
        release_hold(key=payment.hold_key)
        return purchase, None
    place_hold(payment=payment, label=deal.label, job_id=run.job.pk if run else None, ware=deal.ware)
    charge = capture_hold(key=payment.hold_key, subject=(deal.ware.column, deal.label))
    bought = {deal.ware.column: deal.thing, "member": payment.member, "hold_key": payment.hold_key}
    purchase = deal.ware.table._default_manager.create(**bought, credits=charge.credits, draws=charge.draws)
    return purchase, charge


@transaction.atomic
def store_unlock(*, profile: Profile, payment: Payment, run: JobRun | None = None) -> tuple[Unlock, Charge | None]:
    """`store_purchase` of a creator's report; what people say under its posts is read afterwards."""
    unlock, charge = store_purchase(deal=Deal(REPORT, profile, profile.username), payment=payment, run=run)
    assert isinstance(unlock, Unlock)  # noqa: S101 - the table of `REPORT`
    if charge is not None:
        submit_discussion(profile)
    return unlock, charge


def place_hold(*, payment: Payment, label: str, job_id: Any = None, ware: Ware = REPORT) -> int:
    """Set the price of one thing aside, once per key; returns the credits held (0 where an allowance pays)."""
    hold = hold_credits(
        action=ware.action,
        units=1,
        key=payment.hold_key,
        member=payment.member,
        job_id=job_id,
        subject=(ware.column, label),
        max_credits=payment.max_credits,
    )
    return int(hold.credits)


@transaction.atomic
def settle_limited(
    *, run: JobRun, label: str, hold_key: str, reasons: Sequence[Mapping[str, Any]], ware: Ware = REPORT
) -> None:
    """End a job whose result would be hollow: nothing is stored, nothing is charged."""
    run.confirm()
    release_hold(key=hold_key)
    run.succeed({_LABELS[ware.column]: label, "outcome": "limited", "charged": 0, "reasons": list(reasons)})


_LABELS = {"profile": "username", "post": "shortcode"}


def _outcome(purchase: Purchase, charge: Charge | None) -> dict[str, Any]:
    if charge is None:
        return {"outcome": "already_unlocked", "unlock_id": purchase.pk, "charged": 0}
    return {"outcome": "unlocked", "unlock_id": purchase.pk, "charged": charge.credits}


def show_charge(charge: Charge | None, *, ware: Ware = REPORT) -> dict[str, Any]:
    """A charge as answers carry it: `{action, units, credits, draws}`."""
    if charge is None:
        return {"action": ware.action, "units": 0, "credits": 0, "draws": []}
    shown = asdict(charge)
    return {name: shown[name] for name in ("action", "units", "credits", "draws")}
