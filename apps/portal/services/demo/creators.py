"""What the demo teams did before: creators looked up and unlocked, credits granted, a job cancelled."""

from django.db import transaction

from apps.accounts.models import User
from apps.discovery.selectors import find_shortfalls, find_unlock
from apps.discovery.services.looking_up import look_up_profile
from apps.discovery.services.preparing import prepare_report
from apps.discovery.services.settling import Payment, store_unlock
from apps.discovery.services.unlocking import unlock_profile
from apps.jobs.selectors import list_jobs
from apps.jobs.services import cancel_job
from apps.profiles.selectors import find_profile
from apps.profiles.services import refresh_profile
from apps.teams.access import enter_team
from apps.teams.models import Team

from .people import get_person

UNLOCKED: dict[str, tuple[tuple[str, str], ...]] = {
    "free": (),  # its five analyses are for the one who tries the product
    "standard": (
        ("maya.slowtravel", "owner@standard.example"),
        ("noura.styles", "manager@standard.example"),
        ("callum.cables", "manager@standard.example"),
    ),
    "premium": (
        ("noura.styles", "owner@premium.example"),
        ("lena.cooks", "admin@premium.example"),
        ("callum.cables", "member@premium.example"),
        ("diego.por.el.mundo", "member@premium.example"),
    ),
}
LOOKED_UP = ("ivy.plays", "private.person")
LOOKED_UP_BY = {"free": "owner@free.example", "standard": "owner@standard.example", "premium": "owner@premium.example"}
CANCELLED = ("premium", "theo.wears", "member@premium.example")


def load_creators() -> None:
    """Read the demo's creators from the sandbox, whatever other sources there are.

    Their captions get labels at once; the workers read them more closely, and fetch the pictures, once they run.
    """
    names = {name for wanted in UNLOCKED.values() for name, _ in wanted} | set(LOOKED_UP)
    for name in sorted(names):
        prepare_report(find_profile(name) or refresh_profile(username=name, synthetic=True).profile)


def load_history(teams: dict[str, Team]) -> None:
    """Unlocks and look-ups of each team, and one unlock that was cancelled and cost nothing."""
    for plan, team in teams.items():
        with enter_team(team):
            for name, email in UNLOCKED[plan]:
                _unlock(get_person(email), name)
            for name in LOOKED_UP:
                look_up_profile(team=team, member=get_person(LOOKED_UP_BY[plan]), username=name, wait_seconds=0)
    plan, name, email = CANCELLED
    _cancel(teams[plan], get_person(email), name)


def _cancel(team: Team, member: User, name: str) -> None:
    if find_profile(name) or list_jobs(team=team).filter(dedup_key=name).exists():
        return
    with enter_team(team), transaction.atomic():
        answer = unlock_profile(team=team, member=member, username=name)
        if answer.job is not None:
            cancel_job(job_id=answer.job.pk)


def _unlock(member: User, name: str) -> None:
    """Charged and stored as always, without waiting for the captions to be analysed."""
    profile = find_profile(name)
    if profile is not None and find_unlock(profile) is None and not find_shortfalls(profile):
        store_unlock(profile=profile, payment=Payment(member=member, hold_key=f"unlock:{profile.pk}"))
