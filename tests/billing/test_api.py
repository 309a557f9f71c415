"""`/api/v1/billing/`: shapes, refusals, and who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.billing.gateways import fetch_customer
from apps.billing.gateways.client import stripe_api
from apps.billing.models import Checkout, TopupOrder
from apps.billing.services import sync_account
from apps.teams.models import Membership

from .conftest import account_of, stand

BASE = "/api/v1/billing/"
KEY = {"Idempotency-Key": "k-0123456789"}


@pytest.fixture
def call(api, free_team):
    """`call("post", "cancel", {...}, team=…, user=…)`: status and body."""

    def ask(method: str, path: str, body=None, *, team=None, user=None, **headers):
        client = api(user or (team or free_team).owner, team=team or free_team)
        answer = (
            getattr(client, method)(BASE + path, body, headers=headers)
            if body is not None
            else getattr(client, method)(BASE + path, headers=headers)
        )
        return answer.status_code, answer.json()

    return ask


def code_of(answer) -> tuple[int, str]:
    return answer[0], answer[1]["error"]["code"]


def test_plans(call):
    status, body = call("get", "plans")

    assert status == 200
    assert [(plan["code"], plan["price_month_cents"], plan["is_current"]) for plan in body["results"]] == [
        ("free", 0, True), ("standard", 19_900, False), ("premium", 49_900, False),
    ]  # fmt: skip


def test_packages_at_the_teams_own_price(call, other_team, team):
    standard = call("get", "topups/packages", team=team)[1]["results"]
    premium = call("get", "topups/packages", team=other_team)[1]["results"]

    assert {"code", "unit", "quantity", "price_cents", "currency"} <= set(standard[0])
    assert [one["price_cents"] * 4 for one in standard] == [one["price_cents"] * 5 for one in premium]
    assert [one["list_price_cents"] for one in premium] == [one["price_cents"] for one in standard]


def test_a_team_that_nobody_bills(call):
    status, body = call("get", "subscription")

    assert status == 200
    assert (body["plan"], body["state"], body["provider"], body["period"], body["next_payment"]) == (
        "free", "current", None, None, None,
    )  # fmt: skip


def test_from_checkout_to_the_subscription(call, stripe, free_team):
    status, body = call("post", "checkout", {"plan": "standard", "interval": "year"}, **KEY)
    assert status == 201
    assert body["url"].startswith(stripe.base_url)
    session = Checkout.objects.get().stripe_session_id
    with stripe.world.lock:
        assert stripe.world.items[session]["success_url"].endswith(
            f"/t/{free_team.slug}/billing/done/?session_id={{CHECKOUT_SESSION_ID}}"
        )
    assert call("post", "checkout/confirm", {"session_id": session})[1]["state"] == "open"

    stripe.pay(session)

    assert call("post", "checkout/confirm", {"session_id": session})[1] == {
        "id": str(Checkout.objects.get().pk), "kind": "plan", "state": "completed",
    }  # fmt: skip
    _, body = call("get", "subscription")
    assert (body["plan"], body["provider"], body["interval"], body["price_cents"]) == (
        "standard", "stripe", "year", 191_040,
    )  # fmt: skip
    assert body["next_payment"] == {"at": body["period"]["end"], "amount_cents": 191_040, "currency": "USD"}
    assert body["paid_until"] == body["period"]["end"]


def test_a_checkout_sent_twice_is_one(call, stripe):
    first = call("post", "checkout", {"plan": "standard"}, **KEY)
    again = call("post", "checkout", {"plan": "standard"}, **KEY)

    assert first == again
    assert code_of(call("post", "checkout", {"plan": "premium"}, **KEY)) == (409, "idempotency.key_reused")


def test_a_top_up(call, stripe, other_team):
    status, body = call("post", "topups", {"package": "credits_500"}, team=other_team)
    assert (status, body["price_cents"], body["state"], body["quantity"]) == (201, 4_000, "open", 500)

    session = TopupOrder.objects.get().stripe_session_id
    stripe.pay(session)
    assert call("post", "checkout/confirm", {"session_id": session}, team=other_team)[1]["state"] == "paid"

    (listed,) = call("get", "topups", team=other_team)[1]["results"]
    assert (listed["package"], listed["state"], listed["price_cents"]) == ("credits_500", "paid", 4_000)


def test_free_is_refused_before_what_it_asks_for_is_looked_at(call, stripe):
    assert code_of(call("post", "topups", {})) == (403, "plan.feature_not_included")


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("checkout", {}, (400, "invalid")),
        ("checkout", {"plan": "nothing"}, (404, "plan.not_found")),
        ("checkout", {"plan": "free"}, (409, "billing.plan_not_for_sale")),
        ("checkout", {"plan": "standard", "interval": "week"}, (400, "invalid")),
        ("checkout/confirm", {"session_id": "cs_nobody"}, (404, "billing.checkout_not_found")),
        ("change", {"plan": "premium", "interval": "month"}, (409, "billing.no_subscription")),
        ("change/preview", {"plan": "premium", "interval": "month"}, (409, "billing.no_subscription")),
        ("cancel", {}, (409, "billing.no_subscription")),
        ("resume", {}, (409, "billing.no_subscription")),
    ],
)
def test_refusals(call, stripe, path, body, expected):
    assert code_of(call("post", path, body)) == expected


@pytest.mark.parametrize(
    ("path", "body"),
    [("checkout", {"plan": "standard"}), ("portal", {}), ("checkout/confirm", {"session_id": "cs_1"})],
)
def test_without_a_key_billing_says_so(call, settings, path, body, any_db):
    settings.STRIPE_SECRET_KEY = ""
    answer = call("post", path, body)

    assert code_of(answer) in {(503, "billing.not_configured"), (404, "billing.checkout_not_found")}


def test_while_stripe_is_away(call, stripe):
    stripe.trouble.plan(hang_up=True, times=100)

    assert code_of(call("post", "checkout", {"plan": "standard"})) == (503, "billing.unavailable")


def test_changing_cancelling_and_resuming(call, stripe, subscribe, free_team):
    subscribe(free_team)
    _, seen = call("post", "change/preview", {"plan": "premium", "interval": "month"})
    assert (seen["plan"], seen["immediate"], seen["price_cents"]) == ("premium", True, 49_900)

    wanted = {"plan": "premium", "interval": "month", "proration_at": seen["proration_at"]}
    status, body = call("post", "change", wanted)
    assert (status, body["plan"], stand(free_team)) == (200, "premium", ("premium", "current"))
    newest = call("get", "invoices")[1]["results"][0]
    assert newest["total_cents"] == seen["due_cents"]
    assert call("get", f"invoices/{newest['id']}")[1] == newest

    _, body = call("post", "change", {"plan": "standard", "interval": "month", "keep": []})
    assert body["scheduled"]["plan"] == "standard"
    assert body["next_payment"]["amount_cents"] == 19_900
    assert call("post", "cancel", {})[1]["cancel_at_period_end"] is True
    body = call("post", "resume", {})[1]
    assert (body["cancel_at_period_end"], body["scheduled"]) == (False, None)


def test_a_declined_change_says_where_to_pay(call, stripe, subscribe, free_team):
    subscribe(free_team, card="renewal")

    status, body = call("post", "change", {"plan": "premium", "interval": "month"})

    assert (status, body["error"]["code"]) == (402, "billing.payment_failed")
    assert body["error"]["details"]["pay_url"].startswith(stripe.base_url)


def test_the_portal(call, stripe):
    status, body = call("post", "portal", {})

    assert (status, body["url"].startswith(stripe.base_url)) == (201, True)


def test_another_teams_invoice_is_404(call, stripe, subscribe, free_team, other_team):
    subscribe(free_team)
    invoice = account_of(free_team).invoices.get()

    assert call("get", f"invoices/{invoice.pk}")[0] == 200
    assert code_of(call("get", f"invoices/{invoice.pk}", team=other_team)) == (404, "billing.invoice_not_found")
    assert call("get", "invoices", team=other_team)[1]["results"] == []
    assert call("get", "topups", team=other_team)[1]["results"] == []


def test_details_stand_on_the_next_invoice(call, stripe, subscribe, free_team):
    wanted = {
        "legal_name": "Example FZ-LLC", "tax_id_type": "ae_trn", "tax_id": "123456789012345", "currency": "AED",
        "address": {"line1": "1 Main Road", "city": "Dubai", "country": "AE"},
    }  # fmt: skip
    subscribe(free_team)
    status, body = call("patch", "details", wanted)
    assert (status, {name: body[name] for name in wanted}) == (200, wanted)

    assert call("post", "change", {"plan": "premium", "interval": "month"})[0] == 200

    newest = call("get", "invoices")[1]["results"][0]
    assert newest["customer_name"] == "Example FZ-LLC"
    assert newest["customer_address"]["city"] == "Dubai"
    assert newest["customer_tax_ids"] == [{"type": "ae_trn", "value": "123456789012345"}]


@pytest.mark.parametrize(
    "body",
    [
        {"tax_id": "123"}, {"tax_id_type": "ae_trn", "tax_id": ""}, {"email": "nobody"}, {"currency": "XXX"},
        {"address": {"line1": "x", "country": "Dubai"}}, {"address": {"country": "AE"}},
    ],
)  # fmt: skip
def test_invalid_details(call, body):
    assert code_of(call("patch", "details", body)) == (400, "invalid")


def test_without_stripe_details_are_kept_here(call, settings, free_team):
    settings.STRIPE_SECRET_KEY = ""

    assert call("patch", "details", {"legal_name": "Example"})[1]["legal_name"] == "Example"
    assert call("get", "details")[1]["legal_name"] == "Example"


@pytest.mark.parametrize("role", ["admin", "manager", "member"])
def test_members_see_plans_and_how_the_team_stands_but_no_invoices(call, team, as_member, role):
    member = as_member(team, Membership.Role(role))

    for path in ("plans", "subscription", "topups/packages"):
        assert call("get", path, team=team, user=member)[0] == 200
    for path in ("invoices", "topups", "details"):
        assert code_of(call("get", path, team=team, user=member)) == (403, "role.forbidden")


def test_a_team_that_reads_only_can_still_pay(call, stripe, subscribe, free_team):
    subscribe(free_team)
    free_team.billing_state = "read_only"
    free_team.save(update_fields=["billing_state"])

    assert call("get", "subscription")[0] == 200
    assert call("post", "portal", {})[0] == 201
    assert call("get", "invoices")[0] == 200


def test_a_list_costs_the_same_however_long(call, stripe, subscribe, free_team):
    subscribe(free_team)
    costs = {}
    for number in (1, 4):
        while account_of(free_team).invoices.count() < number:
            stripe.advance(days=31)
            sync_account(account_of(free_team).pk)
        call("get", "invoices")
        with CaptureQueriesContext(connection) as queries:
            assert len(call("get", "invoices")[1]["results"]) == number
        costs[number] = len(queries)

    assert costs[1] == costs[4]


def test_what_was_noted_before_the_first_purchase_is_told_with_it(call, stripe, free_team):
    wanted = {
        "email": "books@example.com", "legal_name": "Example FZ-LLC", "tax_id_type": "ae_trn",
        "tax_id": "123456789012345", "address": {"line1": "1 Main Road", "city": "Dubai", "country": "AE"},
    }  # fmt: skip
    assert call("patch", "details", wanted)[0] == 200

    assert call("post", "portal")[0] == 201

    facts = fetch_customer(account_of(free_team).stripe_customer_id)
    assert (facts.email, facts.name, facts.address) == (wanted["email"], wanted["legal_name"], wanted["address"])
    assert (facts.tax_id_type, facts.tax_id) == ("ae_trn", "123456789012345")


def test_a_customer_deleted_at_stripe_is_refused_in_words(call, stripe, free_team):
    assert call("post", "portal")[0] == 201
    with stripe_api() as api:
        api.customers.delete(account_of(free_team).stripe_customer_id)

    assert code_of(call("patch", "details", {"legal_name": "Example"})) == (409, "billing.refused")
    assert call("get", "details")[1]["legal_name"] == free_team.name
