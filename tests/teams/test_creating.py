"""Making teams."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.db import connection

from apps.plans.errors import PlanNotFound
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from apps.teams.errors import FreeTeamExists, SuperadminNotMember, TeamNameInvalid
from apps.teams.models import Membership, ReadySchema, Team
from apps.teams.services import create_team, set_plan, set_state


def list_schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        return {row[0] for row in cursor.fetchall()}


def test_a_team_has_its_owner_plan_and_schema(make_user):
    user = make_user()

    team = create_team(name="Acme GmbH", owner=user)

    assert (team.slug, team.state, team.plan_version.plan.code) == ("acme-gmbh", "active", "free")
    assert list(Membership.objects.values_list("team_id", "user_id", "role", "state")) == [
        (team.pk, user.pk, "owner", "active")
    ]
    assert team.schema_name in list_schemas()
    assert team.schema_name.startswith("t_")


def test_the_schema_comes_from_the_stock(make_user, django_assert_max_num_queries):
    ready = set(ReadySchema.objects.values_list("schema_name", flat=True))

    with django_assert_max_num_queries(16):
        create_team(name="Acme", owner=make_user())

    taken = ready - set(ReadySchema.objects.values_list("schema_name", flat=True))
    assert len(taken) == 1
    assert not taken & list_schemas()


def test_an_empty_stock_is_no_obstacle(make_user):
    ReadySchema.objects.all().delete()

    team = create_team(name="Acme", owner=make_user())

    with enter_team(team), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM credits_wallet")
        assert cursor.fetchone() == (0,)


def test_a_user_owns_one_free_team(make_user):
    user = make_user()
    create_team(name="One", owner=user)
    stock = ReadySchema.objects.count()

    with pytest.raises(FreeTeamExists):
        create_team(name="Two", owner=user)

    assert Team.objects.count() == 1
    assert ReadySchema.objects.count() == stock


def test_paid_and_archived_teams_do_not_count_as_free_ones(make_user):
    user = make_user()
    create_team(name="Paid", owner=user, plan="premium")
    first = create_team(name="One", owner=user)
    set_state(team=first, state=Team.State.ARCHIVED)
    second = create_team(name="Two", owner=user)
    set_plan(team=second, plan_version=get_plan_version("standard"))

    create_team(name="Three", owner=user)

    assert Membership.objects.filter(user=user, role="owner").count() == 4


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"name": "\u200b"}, TeamNameInvalid), ({"plan": "golden"}, PlanNotFound)],
)
def test_a_refused_team_leaves_nothing_behind(make_user, changes, error):
    before = list_schemas()

    with pytest.raises(error):
        create_team(**{"name": "Acme", "owner": make_user(), **changes})

    assert Team.objects.count() == 0
    assert list_schemas() == before


def test_staff_of_the_operator_own_no_team(make_user):
    with pytest.raises(SuperadminNotMember):
        create_team(name="Acme", owner=make_user(is_superuser=True))

    assert Team.objects.count() == 0


def confirm(user) -> None:
    email_confirmed.send(EmailAddress, request=None, email_address=EmailAddress.objects.get(user=user))


def test_a_verified_address_brings_a_free_team_once(make_user):
    user = make_user("mina@example.com", full_name="Mina")

    confirm(user)
    confirm(user)

    team = Team.objects.get()
    assert (team.name, team.slug, team.plan_version.plan.code) == ("Mina’s team", "minas-team", "free")
    assert Membership.objects.get().user == user


def test_a_member_of_another_team_gets_none(make_user, other_team):
    user = make_user()
    Membership.objects.create(team=other_team, user=user, role="member")

    confirm(user)

    assert Team.objects.count() == 1


def test_staff_get_none(make_user):
    confirm(make_user(is_superuser=True))

    assert Team.objects.count() == 0


def test_a_long_name_without_a_latin_letter_still_gets_a_team(make_user):
    user = make_user(full_name="أ" * 150)

    confirm(user)

    team = Team.objects.get()
    assert len(team.name) <= 80
    assert team.slug.startswith("team")
