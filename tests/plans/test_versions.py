"""A published version is what teams agreed to: it is remembered, and the database refuses to change it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.plans.models import PlanVersion
from apps.plans.selectors import find_version, get_plan_version
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan, switch_plan


def test_the_database_refuses_to_change_a_published_version(db):
    version = get_plan_version("standard")

    with pytest.raises(IntegrityError, match="a new version replaces it"), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(monthly_credits=1)

    assert PlanVersion.objects.get(pk=version.pk).monthly_credits == version.monthly_credits


def test_a_draft_can_be_changed_and_published(db):
    draft = get_plan_version("standard")
    draft.pk, draft.number, draft.published_at = None, draft.number + 1, None
    draft.save(force_insert=True)

    draft.seats = 77
    draft.save()
    draft.published_at = timezone.now()
    draft.save()

    assert get_plan_version("standard").seats == 77


def test_a_version_is_read_once(db, django_assert_num_queries):
    version = get_plan_version("premium")

    with django_assert_num_queries(1):
        assert [find_version(version.pk).plan.code for _ in range(3)] == ["premium"] * 3


def test_a_team_that_changes_its_plan_acts_on_the_new_one_at_once(team):
    from apps.credits.selectors.terms import read_terms

    with enter_team(team):
        before = read_terms().plan
        switch_plan(team, "premium")
        assert (before.plan.code, read_terms().plan.plan.code) == ("standard", "premium")
        change_plan(team, seats=41)
        assert read_terms().plan.seats == 41
    connection.set_schema_to_public()
