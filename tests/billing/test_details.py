"""The form for whom the invoices go to: what it takes, what it tells Stripe, and what it says when that refuses."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.billing.gateways import TAX_ID_TYPES, fetch_customer
from apps.billing.models import BillingAccount
from apps.billing.selectors import list_tax_id_types
from apps.billing.services import sync_account

from .conftest import account_of

ADDRESS = {"line1": "1 Main Road", "city": "Dubai", "country": "AE"}
GOOD = {
    "legal_name": "Example FZ-LLC", "email": "books@example.com", **ADDRESS,
    "tax_id_type": "ae_trn", "tax_id": "123456789012345",
}  # fmt: skip


def path(team) -> str:
    return reverse("billing:details", args=[team.slug])


@pytest.fixture
def form(free_team):
    """`form(GOOD)`: the answer to the owner who sends it."""
    client = Client()
    client.force_login(free_team.owner)
    return lambda given: client.post(path(free_team), given)


def errors_of(answer) -> dict[str, list[str]]:
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


def see(account: BillingAccount) -> tuple:
    return account.legal_name, account.email, account.address, account.tax_id_type, account.tax_id


SEEN = ("Example FZ-LLC", "books@example.com", ADDRESS, "ae_trn", "123456789012345")


def test_what_is_saved_stands_here_and_at_stripe(form, free_team, subscribe, stripe):
    subscribe(free_team)

    answer = form(GOOD)

    assert (answer.status_code, answer["Location"]) == (302, reverse("billing:overview", args=[free_team.slug]))
    account = account_of(free_team)
    facts = fetch_customer(account.stripe_customer_id)
    assert see(account) == SEEN
    assert (facts.name, facts.email, facts.address, facts.tax_id_type, facts.tax_id) == SEEN


def test_it_is_kept_before_the_first_purchase(form, free_team):
    form(GOOD)

    account = account_of(free_team)
    assert (see(account), account.stripe_customer_id) == (SEEN, None)


def test_sent_twice_it_tells_stripe_once(form, free_team, subscribe, stripe):
    subscribe(free_team)
    form(GOOD)
    with stripe.world.lock:
        before = len(list(stripe.world.every("event")))

    assert form(GOOD).status_code == 302

    with stripe.world.lock:
        assert len(list(stripe.world.every("event"))) == before
        assert len(list(stripe.world.every("tax_id"))) == 1


def test_a_line_that_is_taken_away_is_gone_at_stripe_too(form, free_team, subscribe, stripe):
    subscribe(free_team)
    form(GOOD | {"line2": "Floor 3"})

    form(GOOD)

    account = account_of(free_team)
    assert account.address == fetch_customer(account.stripe_customer_id).address == ADDRESS


def test_a_number_that_stripe_refuses_changes_nothing(form, free_team, subscribe, stripe):
    subscribe(free_team)
    form(GOOD)

    answer = form(GOOD | {"legal_name": "Another", "tax_id": "12"})

    assert errors_of(answer) == {
        "tax_id": ["This is not a tax number of this kind. Please check the number and its kind."]
    }
    account = account_of(free_team)
    facts = fetch_customer(account.stripe_customer_id)
    assert see(account) == SEEN
    assert (facts.name, facts.tax_id) == ("Example FZ-LLC", "123456789012345")


def test_the_api_says_so_with_a_code(api, free_team, subscribe, stripe):
    subscribe(free_team)
    client = api(free_team.owner, team=free_team)

    answer = client.patch("/api/v1/billing/details", {"tax_id_type": "eu_vat", "tax_id": "!"})
    unknown = client.patch("/api/v1/billing/details", {"tax_id_type": "xx_none", "tax_id": "1"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "billing.tax_id_refused")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (400, "invalid")
    assert account_of(free_team).tax_id == ""


def test_a_number_is_taken_away_by_leaving_both_empty(form, free_team, subscribe, stripe):
    subscribe(free_team)
    form(GOOD)

    form(GOOD | {"tax_id_type": "", "tax_id": ""})

    account = account_of(free_team)
    assert (account.tax_id_type, account.tax_id) == ("", "")
    with stripe.world.lock:
        assert list(stripe.world.every("tax_id")) == []


def test_stripe_away_is_said_and_what_was_typed_stays(form, free_team, subscribe, stripe, settings):
    subscribe(free_team)
    before = see(account_of(free_team))
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    answer = form(GOOD)

    assert "The payment provider does not answer at the moment." in errors_of(answer)["__all__"][0]
    assert answer.context["form"]["legal_name"].value() == "Example FZ-LLC"
    assert see(account_of(free_team)) == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"legal_name": " "}, "legal_name"),
        ({"email": "nobody"}, "email"),
        ({"line1": ""}, "line1"),
        ({"country": ""}, "country"),
        ({"country": "XX"}, "country"),
        ({"tax_id_type": ""}, "tax_id"),
        ({"tax_id": ""}, "tax_id"),
        ({"tax_id_type": "xx_none"}, "tax_id_type"),
        ({"legal_name": "x" * 201}, "legal_name"),
        ({"legal_name": "a\x00b"}, "legal_name"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(form, free_team, given, field):
    answer = form(GOOD | given)

    assert (answer.status_code, list(errors_of(answer))) == (200, [field])
    assert BillingAccount.objects.filter(team=free_team, legal_name="Example FZ-LLC").count() == 0


@pytest.mark.parametrize("role", ["admin", "manager", "member"])
def test_only_the_owner_edits(free_team, team, as_member, role):
    client = Client()
    client.force_login(as_member(team, role))

    assert client.get(path(team)).status_code == 403
    assert client.post(path(team), GOOD).status_code == 403
    assert client.post(path(free_team), GOOD).status_code == 404
    assert BillingAccount.objects.filter(legal_name="Example FZ-LLC").count() == 0


def test_the_kinds_are_stripes_in_words():
    kinds = dict(list_tax_id_types())

    assert sorted(kinds) == sorted(TAX_ID_TYPES)
    assert (kinds["ae_trn"], kinds["eu_vat"]) == ("United Arab Emirates: TRN", "European Union: VAT")


def test_a_look_afterwards_leaves_them(form, free_team, subscribe, stripe):
    subscribe(free_team)
    form(GOOD)

    sync_account(account_of(free_team).pk)

    assert see(account_of(free_team)) == SEEN
