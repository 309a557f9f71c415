"""The money routes as somebody tries them who is not meant to: another team's ids, other roles, values out of range."""

import pytest

from apps.billing.models import BillingAccount, Checkout, StripeEvent, Subscription, TopupOrder
from apps.billing.services import start_checkout, start_topup
from apps.credits.models import MemberCap
from apps.teams.access import enter_team

from .conftest import BACK, account_of, stand
from .test_webhooks import EVENT

BILLING = "/api/v1/billing/"
CREDITS = "/api/v1/credits/"
WRITES = [
    ("post", "checkout", {"plan": "premium"}),
    ("post", "checkout/confirm", {"session_id": "cs_x"}),
    ("post", "portal", {}),
    ("post", "change/preview", {"plan": "premium", "interval": "month"}),
    ("post", "change", {"plan": "premium", "interval": "month"}),
    ("post", "cancel", {}),
    ("post", "resume", {}),
    ("post", "topups", {"package": "credits_500"}),
    ("patch", "details", {"legal_name": "Taken over"}),
]
READS = ["invoices", "topups", "details"]
writes = pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=[path for _, path, _ in WRITES])


def see_money(stripe) -> tuple:
    """All that these routes could change."""
    with stripe.world.lock:
        theirs = [len(list(stripe.world.every(kind))) for kind in ("customer", "checkout.session", "event", "invoice")]
    return (
        theirs,
        list(Subscription.objects.order_by("id").values_list("status", "cancel_at_period_end", "plan_version_id")),
        list(BillingAccount.objects.order_by("id").values_list("legal_name", "tax_id")),
        (Checkout.objects.count(), TopupOrder.objects.count()),
    )


def code_of(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@writes
@pytest.mark.parametrize("role", ["admin", "manager", "member"])
def test_who_does_not_pay_changes_nothing(api, stripe, team, as_member, subscribe, method, path, body, role):
    client = api(as_member(team, role), team=team)
    before = see_money(stripe)

    assert code_of(getattr(client, method)(BILLING + path, body)) == (403, "role.forbidden")
    assert see_money(stripe) == before


@writes
def test_owners_of_other_teams_find_nothing(api, stripe, free_team, other_team, subscribe, method, path, body):
    subscribe(free_team)
    client = api(other_team.owner, team=free_team)
    before = see_money(stripe)

    assert code_of(getattr(client, method)(BILLING + path, body)) == (404, "team.not_found")
    assert see_money(stripe) == before


@pytest.mark.parametrize("path", READS)
def test_nor_do_they_read_it(api, stripe, free_team, other_team, as_member, path):
    assert code_of(api(other_team.owner, team=free_team).get(BILLING + path)) == (404, "team.not_found")
    assert code_of(api(team=free_team).get(BILLING + path)) == (401, "auth.required")


def test_a_payment_page_of_another_team_is_confirmed_by_nobody_else(api, stripe, free_team, other_team):
    plan = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    pack = start_topup(team=other_team, member=other_team.owner, package="credits_500", back=BACK)
    for order in (plan, pack):
        stripe.pay(order.stripe_session_id)

    answers = [
        code_of(api(team.owner, team=team).post(f"{BILLING}checkout/confirm", {"session_id": order.stripe_session_id}))
        for team, order in ((other_team, plan), (free_team, pack))
    ]

    assert answers == [(404, "billing.checkout_not_found")] * 2
    assert stand(free_team)[0] == "free"
    assert TopupOrder.objects.get().granted_at is None


def test_an_event_sent_again_with_another_body_changes_nothing(stripe, post_event):
    post_event(EVENT)
    other = EVENT | {"type": "invoice.paid", "data": {"object": {"id": "in_1", "object": "invoice", "customer": "c"}}}

    assert post_event(other).status_code == 200
    assert StripeEvent.objects.get().payload == EVENT


@pytest.mark.parametrize("created", [10**30, -(10**18), 10**15, True, None, "x"])
def test_a_signed_body_with_an_impossible_time_is_no_event(stripe, post_event, created):
    answer = post_event(EVENT | {"created": created, "id": "evt_odd"})

    assert answer.status_code == (200 if created is True else 400)
    assert StripeEvent.objects.count() == (1 if created is True else 0)


@pytest.mark.parametrize("units", ["-1", "0", "1.5", "NaN", "Infinity", "1e6", str(10**30), '"1"x', "null"])
def test_units_that_are_no_number_are_refused(api, team, units):
    client = api(team.owner, team=team)
    body = f'{{"actions": [{{"action": "influencer_unlock", "units": {units}}}]}}'

    answer = client.generic("POST", f"{CREDITS}pricing/calculate", body, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "to=9999-12-31", "from=0001-01-01T00:00:00%2B14:00", "min_amount=NaN", "max_amount=1e400", "member=-1",
        "from=2026-01-01T00:00:00-23:59", "to=9999-12-31T23:59:59-23:59",
        f"member={10**30}", "page_size=-5", "cursor=%00", "q=%00", "kind=%00", "from=2026-02-30", "to=2026-13-01",
    ],
)  # fmt: skip
def test_a_search_for_the_impossible_is_answered(api, team, query):
    answer = api(team.owner, team=team).get(f"{CREDITS}transactions/search?{query}")

    assert answer.status_code in {200, 400, 404}


def test_the_last_day_there_is_has_no_end(api, team):
    answer = api(team.owner, team=team).get(f"{CREDITS}transactions/search", {"to": "9999-12-31"})

    assert code_of(answer) == (400, "invalid")


@pytest.mark.parametrize("limit", [-1, 10**10, 1.5, "NaN", True])
def test_a_limit_out_of_range_is_refused(api, team, as_member, limit):
    path = f"/api/v1/teams/members/{as_member(team).pk}/limits"
    client = api(team.owner, team=team)
    assert client.put(path, {"limits": {"credits": 7}}).status_code == 200

    assert client.put(path, {"limits": {"credits": limit}}).status_code == 400
    with enter_team(team):
        assert [cap.limit for cap in MemberCap.objects.all()] == [7]


@pytest.mark.parametrize(
    "body",
    [
        {"keep": [10**30]}, {"keep": [-1]}, {"keep": ["NaN"]}, {"proration_at": "0001-01-01T00:00:00Z"},
        {"proration_at": "9999-12-31T23:59:59-23:59"}, {"interval": "decade"}, {"plan": "\x00"},
    ],
)  # fmt: skip
def test_an_odd_change_never_fails_inside(api, stripe, free_team, subscribe, body):
    subscribe(free_team)

    answer = api(free_team.owner, team=free_team).post(
        f"{BILLING}change/preview" if "interval" in body or "plan" in body else f"{BILLING}change",
        {"plan": "standard", "interval": "month"} | body,
    )

    assert answer.status_code in {400, 404, 409}
    assert account_of(free_team).subscriptions.get().plan_version.plan.code == "standard"
