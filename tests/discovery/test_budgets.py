"""Daily budgets: spent in one statement, never overrun."""

import pytest

from apps.discovery.errors import BudgetUsed
from apps.discovery.models import BudgetUse
from apps.discovery.services import budgets
from apps.discovery.services.budgets import get_budget, spend_budget
from apps.teams.access import enter_team
from tests.concurrency.racing import race


def test_spending_counts_and_ends(team, in_team, settings):
    settings.LOOKUP_BUDGETS = {"standard": 2}

    used = [spend_budget(team=team, kind="lookup").used for _ in range(2)]
    with pytest.raises(BudgetUsed) as refused:
        spend_budget(team=team, kind="lookup")

    assert used == [1, 2]
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 86_400
    assert get_budget(team=team, kind="lookup").remaining == 0
    assert get_budget(team=team, kind="refresh").used == 0


def test_a_plan_without_a_budget_has_none(team, in_team, settings):
    settings.REFRESH_BUDGETS = {"premium": 5}

    with pytest.raises(BudgetUsed):
        spend_budget(team=team, kind="refresh")

    assert BudgetUse.objects.count() == 0


def test_the_next_day_is_new(team, in_team, settings, monkeypatch):
    settings.LOOKUP_BUDGETS = {"standard": 1}
    spend_budget(team=team, kind="lookup")
    from datetime import timedelta

    from django.utils import timezone

    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(budgets.timezone, "now", lambda: tomorrow)

    assert spend_budget(team=team, kind="lookup").used == 1


@pytest.mark.concurrency
def test_parallel_look_ups_never_overrun(committed_db, team, settings):
    settings.LOOKUP_BUDGETS = {"standard": 5}

    outcomes = race(16, lambda _: spend_budget(team=team, kind="lookup").used, team=team)

    assert outcomes.count(BudgetUsed) == 11
    assert sorted(outcomes.results) == [1, 2, 3, 4, 5]
    with enter_team(team):
        assert BudgetUse.objects.get().used == 5
