"""Who may spend what: plans, caps, agreed prices, expiry, abandoned holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.credits.errors import AllowanceUsed, InsufficientCredits, MemberCapReached, PriceChanged
from apps.credits.models import Entry, Grant, Hold, UsageCounter, Wallet
from apps.credits.selectors import compute_balance, quote
from apps.credits.services import (
    bind_hold,
    bring_up_to_date,
    capture_hold,
    ensure_period,
    grant_credits,
    hold_credits,
    release_hold,
    set_member_limits,
    sweep_holds,
)
from apps.jobs.models import Job
from apps.plans.errors import PlanFeatureNotIncluded
from apps.teams.access import enter_team

from .conftest import change_plan, give, switch_plan
from .laws import assert_laws
from .test_holding import snapshot


def test_free_units_come_before_credits(hold):
    for number in range(10):
        assert hold(f"s{number}", action="advanced_search").draws.get().source == "free"

    eleventh = hold("s10", action="advanced_search")

    assert [(draw.source, draw.credits) for draw in eleventh.draws.all()] == [("credits", 15)]
    assert_laws()


def test_a_free_team_has_five_analyses_and_then_none(free_team):
    with enter_team(free_team):
        for number in range(5):
            hold_credits(action="influencer_unlock", key=f"u{number}", member=free_team.owner)
        before = snapshot()

        with pytest.raises(AllowanceUsed) as refusal:
            hold_credits(action="influencer_unlock", key="u5", member=free_team.owner)

        assert refusal.value.code == "plan.allowance_used"
        assert refusal.value.details["missing"] == {"units": 1, "credits": 25}
        assert snapshot() == before


@pytest.mark.parametrize("action", ["email_unlock", "post_analytics", "bulk_export"])
def test_what_the_plan_does_not_include_is_refused_whatever_the_credits(free_team, action):
    with enter_team(free_team):
        give(10_000)
        before = snapshot()

        with pytest.raises(PlanFeatureNotIncluded):
            hold_credits(action=action, key="k", member=free_team.owner)

        assert snapshot() == before
        assert quote(action=action)["reason"] == "plan.feature_not_included"


def test_a_free_team_that_was_given_credits_may_spend_them(free_team):
    with enter_team(free_team):
        give(30)
        draws = [
            hold_credits(action="influencer_unlock", key=f"u{number}", member=free_team.owner).draws.get().source
            for number in range(6)
        ]

    assert draws == ["allowance"] * 5 + ["credits"]


def test_exports_are_free_and_unlimited_on_paid_plans(hold):
    placed = hold("export", action="bulk_export", units=40)

    assert placed.credits == 0
    assert quote(action="bulk_export")["draws"] == [{"source": "free", "units": 1, "credits": 0}]


def test_a_members_cap_on_an_action(hold, owner):
    set_member_limits(member=owner, limits={"influencer_unlock": 2})
    hold("u1")
    hold("u2")
    before = snapshot()

    with pytest.raises(MemberCapReached) as refusal:
        hold("u3")

    assert refusal.value.details == {"unit": "influencer_unlock", "limit": 2, "used": 2, "requested": 1}
    assert snapshot() == before
    release_hold(key="u1")
    assert hold("u3").units == 1


def test_a_members_cap_on_credits_counts_all_actions(without_allowances, hold, owner):
    give(1000)
    set_member_limits(member=owner, limits={"credits": 40})
    hold("u1")

    with pytest.raises(MemberCapReached):
        hold("u2")
    assert hold("e1", action="email_unlock").credits == 10
    with pytest.raises(MemberCapReached):
        hold("e2", action="email_unlock")


def test_the_cap_is_refused_before_the_missing_credits(without_allowances, hold, owner):
    set_member_limits(member=owner, limits={"influencer_unlock": 0})

    with pytest.raises(MemberCapReached):
        hold("u1")
    assert quote(action="influencer_unlock", member=owner)["reason"] == "member.cap_reached"


def test_another_members_use_is_not_counted_against_ones_cap(hold, owner, team, as_member):
    member = as_member(team)
    set_member_limits(member=member, limits={"influencer_unlock": 1})
    hold("u1")
    hold("u2")

    assert hold("u3", member=member).units == 1
    with pytest.raises(MemberCapReached):
        hold("u4", member=member)


def test_a_price_above_the_agreed_one_is_refused(without_allowances, hold):
    give(100)
    before = snapshot()

    with pytest.raises(PriceChanged) as refusal:
        hold("u1", max_credits=24)

    assert refusal.value.details["quote"]["credits"] == 25
    assert snapshot() == before
    assert hold("u1", max_credits=25).credits == 25


def test_what_cannot_be_paid_is_402_before_it_is_409(without_allowances, hold):
    with pytest.raises(InsufficientCredits):
        hold("u1", max_credits=0)


def test_grants_are_drawn_by_priority_then_expiry_then_age(without_allowances, hold):
    soon, late = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=9)
    grants = {
        "bought": grant_credits(amount=10, origin="purchase", source_key="1"),
        "late": grant_credits(amount=10, origin="adjustment", source_key="2", expires_at=late),
        "soon": grant_credits(amount=10, origin="adjustment", source_key="3", expires_at=soon),
        "never": grant_credits(amount=10, origin="adjustment", source_key="4"),
        "returned": grant_credits(amount=10, origin="refund", source_key="5", expires_at=late),
        "newer": grant_credits(amount=10, origin="adjustment", source_key="6", expires_at=soon),
    }

    placed = hold("u1", units=2)

    names = {grant.pk: name for name, grant in grants.items()}
    assert [names[draw.grant_id] for draw in placed.draws.all()] == ["returned", "soon", "newer", "late", "never"]


def test_bought_units_come_before_credits(without_allowances, hold):
    give(100)
    grant_credits(unit="influencer_unlock", amount=1, origin="purchase", source_key="units")

    placed = hold("u1", units=2)
    capture_hold(key="u1")

    assert [(draw.source, draw.units, draw.credits) for draw in placed.draws.all()] == [
        ("bought", 1, 0),
        ("credits", 0, 25),
    ]
    moved = Entry.objects.filter(kind="capture").order_by("seq").values_list("unit", "amount", "balance_after")
    assert list(moved) == [("influencer_unlock", -1, 0), ("credits", -25, 75)]
    assert_laws()


def expire(grant: Grant, ago: timedelta = timedelta(seconds=1)) -> None:
    Grant.objects.filter(pk=grant.pk).update(expires_at=timezone.now() - ago)


def test_what_expired_is_gone_and_the_ledger_says_so(without_allowances, in_team):
    grant = give(80)
    expire(grant)

    assert compute_balance()["balance"] == 0
    assert bring_up_to_date()
    assert not bring_up_to_date()

    assert Wallet.objects.get().balance == 0
    last = Entry.objects.first()
    assert (last.kind, last.amount, last.balance_after) == ("expire", -80, 0)
    assert_laws()


def test_credits_held_while_they_expired_come_back_for_a_day(without_allowances, hold):
    grant = give(60)
    hold("u1")
    expire(grant)

    bring_up_to_date()
    assert compute_balance() == {"balance": 25, "held": 25, "available": 0, "unit": "credits"}
    assert_laws()
    release_hold(key="u1")

    returned = Grant.objects.get(origin="refund")
    assert (returned.amount, returned.remaining) == (25, 25)
    assert timedelta(hours=23, minutes=59) < returned.expires_at - timezone.now() <= timedelta(hours=24)
    assert compute_balance()["available"] == 25
    assert_laws()


def test_credits_held_while_they_expired_can_still_be_captured(without_allowances, hold):
    grant = give(60)
    hold("u1")
    expire(grant)

    assert capture_hold(key="u1").credits == 25
    assert compute_balance()["balance"] == 0
    assert_laws()


def test_a_period_brings_its_credits_once(team):
    assert ensure_period(team)
    assert not ensure_period(team)

    with enter_team(team):
        grant = Grant.objects.get()
        assert (grant.origin, grant.amount, grant.source_key[:5]) == ("plan", 1000, "plan:")
        assert_laws()


def test_a_new_period_has_fresh_allowances_and_credits(team, clock, hold):
    change_plan(team, allowances={"influencer_unlock": 1}, monthly_credits=30, rollover_credits_max=0)
    hold("u1")
    capture_hold(key="u1")
    hold("u2")
    capture_hold(key="u2")
    with pytest.raises(InsufficientCredits):
        hold("u3")
    clock.wait(days=31)

    assert quote(action="influencer_unlock")["draws"] == [{"source": "allowance", "units": 1, "credits": 0}]
    hold("u3")
    hold("u4")

    assert compute_balance() == {"balance": 30, "held": 25, "available": 5, "unit": "credits"}
    assert [entry.kind for entry in Entry.objects.filter(action="")] == ["grant", "expire", "grant"]
    assert_laws()


def test_a_hold_of_last_period_gives_its_allowance_back_to_last_period(team, clock, hold):
    change_plan(team, allowances={"influencer_unlock": 1}, monthly_credits=0)
    hold("u1")
    clock.wait(days=31)

    hold("u2")
    release_hold(key="u1")

    assert list(UsageCounter.objects.order_by("-period_start").values_list("units", flat=True)) == [1, 0]
    with pytest.raises(InsufficientCredits):
        hold("u3")


def test_an_upgrade_keeps_what_was_used(team, hold):
    hold("u1")
    switch_plan(team, "premium")

    hold("u2")

    assert UsageCounter.objects.get().allowance_units == 2


def age(hold: Hold) -> None:
    Hold.objects.filter(pk=hold.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("state", "released"), [("queued", 0), ("running", 0), ("succeeded", 1), ("failed", 1), ("cancelled", 1)]
)
def test_the_sweeper_asks_the_job(without_allowances, hold, team, state, released):
    give(25)
    job = Job.objects.create(kind="discovery.unlock", team=team, state=state)
    placed = hold("u1", job_id=job.pk)

    assert sweep_holds() == 0
    age(placed)

    assert sweep_holds() == released
    assert compute_balance()["available"] == 25 * released
    assert sweep_holds() == 0
    assert_laws()


def test_a_hold_of_nobody_is_given_back(without_allowances, hold):
    give(25)
    age(hold("u1"))

    assert sweep_holds() == 1
    assert compute_balance()["available"] == 25


def test_a_hold_can_be_bound_to_its_job_later(hold, team):
    job = Job.objects.create(kind="discovery.unlock", team=team, state="running")
    placed = hold("u1")

    bind_hold(key="u1", job_id=job.pk)
    age(placed)

    assert sweep_holds() == 0


def test_nobody_is_refused_for_credits_that_a_crash_left_on_hold(without_allowances, hold):
    give(25)
    age(hold("u1"))

    assert hold("u2").credits == 25
    assert Hold.objects.get(key="u1").state == "released"
    assert_laws()
