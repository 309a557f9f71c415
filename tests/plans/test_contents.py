"""What a version may say: nobody publishes an allowance, a feature or a package that nothing knows."""

import json

import pytest
from django.urls import reverse

from apps.plans.errors import VersionInvalid
from apps.plans.models import PlanVersion, TopupPackage
from apps.plans.selectors import find_faults, get_plan_version, get_topup_package
from apps.plans.services import draft_next_version, edit_draft, publish_version

ACTIONS = "advanced_search, bulk_export, discovery_pagination, email_unlock, influencer_unlock, post_analytics"
FEATURES = "campaigns, lists, export, topups, post_analytics, email_unlock"
WRONG = [
    ({"allowances": {"unlock": 5}}, {"allowances": [f"There is no action “unlock”. There are: {ACTIONS}."]}),
    ({"allowances": {"influencer_unlock": -1}}, {"allowances": ["“influencer_unlock”: a whole number of 0 or more."]}),
    ({"allowances": {"influencer_unlock": "5"}}, {"allowances": ["“influencer_unlock”: a whole number of 0 or more."]}),
    ({"allowances": [5]}, {"allowances": ["An object of actions and whole numbers, like {“influencer_unlock”: 500}."]}),
    ({"features": "lists", "allowances": {}}, {"features": ["A list of features, like [“lists”, “export”]."]}),
    ({"features": ["list"], "allowances": {}}, {"features": [f"There is no feature “list”. There are: {FEATURES}."]}),
    (
        {"features": ["lists"], "allowances": {"email_unlock": 1}},
        {"features": ["“email_unlock” is missing: without it nobody can use the allowance of e-mail unlocks."]},
    ),
    ({"allowances": {"email_unlock": 10**30}}, {"allowances": ["“email_unlock”: a whole number of 0 or more."]}),
    ({"currency": "usd"}, {"currency": ["Three capital letters, like USD."]}),
    ({"price_year_cents": 0}, {"price_year_cents": ["A price by the month and by the year, or neither."]}),
    ({"seats": 0}, {"seats": ["At least 1, the owner's."]}),
    ({"topup_discount_percent": 100}, {"topup_discount_percent": ["At most 99."]}),
]  # fmt: skip


@pytest.fixture
def draft(db) -> PlanVersion:
    return draft_next_version(get_plan_version("standard"))[0]


@pytest.mark.parametrize(("changes", "faults"), WRONG, ids=[str(changes) for changes, _ in WRONG])
def test_what_is_wrong_is_named_and_changes_nothing(draft, changes, faults):
    with pytest.raises(VersionInvalid) as refused:
        edit_draft(draft, changes)

    assert refused.value.details == faults
    stored = PlanVersion.objects.get(pk=draft.pk)
    assert (stored.allowances, stored.features) == (get_plan_version("standard").allowances, draft.features)


def test_what_came_in_by_another_way_is_not_published(draft):
    PlanVersion.objects.filter(pk=draft.pk).update(features=["topupz"])

    with pytest.raises(VersionInvalid):
        publish_version(draft)

    assert get_plan_version("standard").number == 1


def test_a_package_brings_what_can_be_used(db):
    draft = draft_next_version(get_topup_package("credits_500"))[0]

    with pytest.raises(VersionInvalid) as refused:
        edit_draft(draft, {"unit": "unlocks"})

    assert refused.value.details == {"unit": [f"There is no unit “unlocks”. There are: credits, {ACTIONS}."]}
    assert edit_draft(draft, {"unit": "email_unlock"}).unit == "email_unlock"


def test_a_package_is_sold_in_the_currency_that_its_payment_will_name(db):
    """Ordered in "eur" and paid in EUR, it was granted nothing."""
    draft = draft_next_version(get_topup_package("credits_500"))[0]

    with pytest.raises(VersionInvalid) as refused:
        edit_draft(draft, {"currency": "eur"})

    assert refused.value.details == {"currency": ["Three capital letters, like USD."]}


def test_what_is_published_is_fit_to_be(db):
    rows = [*PlanVersion.objects.all(), *TopupPackage.objects.all()]

    assert [find_faults(row) for row in rows] == [{}] * 10


def test_the_admins_form_says_it_at_the_field(draft, client, make_user):
    client.force_login(make_user("root@operator.example", is_staff=True, is_superuser=True))
    address = reverse("admin:plans_planversion_change", args=[draft.pk])
    form = {
        "currency": "USD", "price_month_cents": 1, "price_year_cents": 1, "seats": 2, "monthly_credits": 1,
        "rollover_credits_max": 0, "support": "priority", "topup_discount_percent": 0,
    }  # fmt: skip

    def send(**more):
        return client.post(address, form | {name: json.dumps(value) for name, value in more.items()})

    refused = send(allowances={"unicorns": 5}, features=["lists"])
    assert refused.context["adminform"].form.errors == {
        "allowances": [f"There is no action “unicorns”. There are: {ACTIONS}."]
    }
    assert f"Units of each billing period by action: {ACTIONS}." in refused.content.decode()
    assert send(allowances={"influencer_unlock": 7}, features=["lists"]).status_code == 302
    draft.refresh_from_db()
    assert (draft.allowances, draft.features) == ({"influencer_unlock": 7}, ["lists"])
    assert "199.00 USD" in client.get(reverse("admin:plans_planversion_changelist")).content.decode()
    assert "50.00 USD" in client.get(reverse("admin:plans_topuppackage_changelist")).content.decode()
