"""The demo is made by the real services, and making it twice changes nothing."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.analysis.selectors import get_insights
from apps.credits.models import Entry
from apps.credits.selectors import compute_balance
from apps.discovery.models import Lookup, Unlock
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.portal.services.demo.creators import UNLOCKED
from apps.profiles.models import Profile
from apps.profiles.selectors import get_profile
from apps.teams.access import enter_team
from apps.teams.models import Membership, Team
from tests.credits.laws import assert_laws
from tests.fakes.decodo import FakeDecodo

ACCOUNTS = {
    "owner@free.example": ("free", "owner"),
    "owner@standard.example": ("standard", "owner"),
    "manager@standard.example": ("standard", "manager"),
    "owner@premium.example": ("premium", "owner"),
    "admin@premium.example": ("premium", "admin"),
    "member@premium.example": ("premium", "member"),
}


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    settings.PROFILE_SOURCES = ["sandbox"]
    settings.AI_ENGINES = ["rules"]
    call_command("load_demo")


@pytest.fixture
def demo_with_models(db, settings):
    settings.DEMO = True
    settings.PROFILE_SOURCES = ["sandbox"]
    settings.AI_ENGINES = ["local", "rules"]
    call_command("load_demo")


def count_everything():
    counts = {model.__name__: model.objects.count() for model in (User, Team, Membership, Job)}
    for team in Team.objects.all():
        with enter_team(team):
            counts[team.slug] = (Unlock.objects.count(), Lookup.objects.count(), Entry.objects.count())
    return counts


def test_the_accounts_stand_in_exactly_one_team_each(demo):
    for email, (plan, role) in ACCOUNTS.items():
        user = User.objects.get(email=email)
        place = Membership.objects.get(user=user)
        assert user.check_password("demo-password-1")
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
        assert (place.team.plan_version.plan.code, place.role) == (plan, role)
    root = User.objects.get(email="root@operator.example")
    assert root.is_superuser
    assert not Membership.objects.filter(user=root).exists()


def test_teams_have_reports_to_read(demo):
    unlocks = {}
    for team in Team.objects.all():
        with enter_team(team):
            unlocks[team.plan_version.plan.code] = Unlock.objects.count()
            assert compute_balance()["held"] == 0
            assert_laws()

    assert unlocks == {"free": 0, "standard": 3, "premium": 4}


def test_every_report_is_labelled_at_once_and_read_more_closely_later(demo_with_models):
    """The demo waits for no model: the labels come from the rules, and the jobs for better ones wait."""
    unlocked = {name for wanted in UNLOCKED.values() for name, _ in wanted}

    for name in unlocked:
        insights = get_insights(get_profile(name))
        assert insights["analysed"] == insights["total"] > 0
        assert {entry["engine"] for entry in insights["engines"]} == {"rules"}
        assert find_active_job(kind="analysis.profile", team=None, dedup_key=str(get_profile(name).pk))


def test_loading_again_changes_nothing(demo):
    before = count_everything()

    call_command("load_demo")

    assert count_everything() == before


def test_production_and_given_databases_refuse_it(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("load_demo")

    assert User.objects.count() == 0


def test_the_demo_comes_from_the_sandbox_whatever_the_first_source_says(db, settings):
    with FakeDecodo() as nobody_is_known:
        settings.DEMO = True
        settings.PROFILE_SOURCES = ["decodo", "sandbox"]
        settings.DECODO_BASE_URL = nobody_is_known.base_url
        settings.AI_ENGINES = ["rules"]

        call_command("load_demo")

        assert nobody_is_known.asked == []
    assert set(Profile.objects.values_list("synthetic", flat=True)) == {True}
    with enter_team(Team.objects.get(slug="palmyra")):
        assert Unlock.objects.count() == 4
