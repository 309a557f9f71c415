"""Pages of plan and payments: who sees them, and what they do with what comes back from the pay page."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.billing.gateways.client import stripe_api
from apps.billing.models import BillingAccount, Checkout, Invoice, Subscription, TopupOrder
from apps.billing.services import change_subscription, start_checkout, start_manual, start_topup
from apps.credits.services import grant_credits
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from tests.billing.conftest import BACK, account_of, credits_of, stand

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def owner_page(team) -> Client:
    return sign_in(team.owner)


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, team) -> str:
    return reverse(f"billing:{name}", args=[team.slug])


def read(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def say(response) -> list[str]:
    return [str(one) for one in response.context["messages"]]


@pytest.mark.parametrize("role", ["admin", "manager", "member"])
def test_only_the_owner_sees_what_is_paid(team, as_member, role):
    client = sign_in(as_member(team, role))

    refused = client.get(url("overview", team))
    assert refused.status_code == 403
    assert "“Manage plan, payments and invoices” is for the owner of the team." in refused.content.decode()
    assert client.post(url("buy_plan", team), {"plan": "premium"}).status_code == 403
    assert client.post(url("cancel", team)).status_code == 403


def test_people_of_other_teams_find_no_page(team, other_team):
    assert sign_in(other_team.owner).get(url("overview", team)).status_code == 404


def test_without_a_provider_the_page_says_so(team, owner_page):
    page = owner_page.get(url("overview", team)).content.decode()

    assert "Payments by card are not set up on this server" in page
    assert say(owner_page.post(url("buy_plan", team), {"plan": "premium"}, follow=True)) == [
        "Payments by card are not set up on this server. Please contact us."
    ]


def test_choosing_a_plan_leads_to_the_pay_page(stripe, free_team):
    client = sign_in(free_team.owner)

    answer = client.post(url("buy_plan", free_team), {"plan": "standard", "interval": "year"})

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{stripe.base_url}/pay/")
    assert stripe.base_url not in client.get(url("overview", free_team)).content.decode()


def test_coming_back_gives_what_was_paid_before_any_webhook(stripe, free_team):
    order = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    assert stripe.pay(order.stripe_session_id)

    answer = sign_in(free_team.owner).get(url("done", free_team), {"session_id": order.stripe_session_id}, follow=True)

    assert say(answer) == ["Paid. Your team is on Standard now."]
    assert stand(free_team) == ("standard", "current")


def test_coming_back_twice_gives_once(stripe, team, owner_page):
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    assert stripe.pay(order.stripe_session_id)
    before = credits_of(team)

    for _ in range(2):
        answer = owner_page.get(url("done", team), {"session_id": order.stripe_session_id}, follow=True)

    assert say(answer) == ["Paid. 500 credits were added."]
    assert answer.redirect_chain[-1][0] == reverse("credits:wallet", args=[team.slug])
    assert credits_of(team) == before + 500


def test_a_page_that_is_paid_after_another_plan_was_agreed_is_given_back(stripe, free_team, tell, run_jobs):
    """The page lay open while a superadmin put the team on a plan by transfer."""
    order = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    now = timezone.now()
    start_manual(team=free_team, plan_version=get_plan_version("premium"), interval="year", price_cents=400_000,
                 period=(now, now + timedelta(days=365)))  # fmt: skip
    assert stripe.pay(order.stripe_session_id)
    client = sign_in(free_team.owner)

    answers = [
        client.get(url("done", free_team), {"session_id": order.stripe_session_id}, follow=True) for _ in range(2)
    ]
    tell()

    returned = "Your team had a plan already, so this second payment was given back in full."
    assert [say(answer) for answer in answers] == [[returned], [returned]]
    assert (Checkout.objects.get().state, stand(free_team)) == ("returned", ("premium", "current"))
    assert Subscription.objects.get().provider == "manual"
    with stripe_api() as api:
        assert [refund.amount for refund in api.refunds.list().data] == [19_900]


def test_coming_back_later_names_the_plan_of_now(stripe, free_team, subscribe):
    subscribe(free_team)
    change_subscription(team=free_team, plan="premium", interval="month")

    again = {"session_id": Checkout.objects.get().stripe_session_id}
    answer = sign_in(free_team.owner).get(url("done", free_team), again, follow=True)

    assert say(answer) == ["Paid. Your team is on Premium now."]


def test_coming_back_to_a_top_up_that_was_refunded_meanwhile(stripe, team, owner_page):
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    assert stripe.pay(order.stripe_session_id)
    again = {"session_id": order.stripe_session_id}
    owner_page.get(url("done", team), again)
    before = credits_of(team)
    with stripe_api() as api:
        api.refunds.create({"payment_intent": TopupOrder.objects.get().stripe_payment_intent_id})

    answer = owner_page.get(url("done", team), again, follow=True)

    assert (say(answer)[-1], credits_of(team)) == ("This top-up is refunded.", before - 500)


def test_coming_back_unpaid_says_that_it_is_on_its_way(stripe, team, owner_page):
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)

    answer = owner_page.get(url("done", team), {"session_id": order.stripe_session_id}, follow=True)

    assert say(answer) == ["The payment is on its way. What you bought appears here as soon as it arrives."]
    assert TopupOrder.objects.get(pk=order.pk).granted_at is None


def test_another_teams_payment_is_unknown(stripe, team, other_team):
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    assert stripe.pay(order.stripe_session_id)

    answer = sign_in(other_team.owner).get(
        url("done", other_team), {"session_id": order.stripe_session_id}, follow=True
    )

    assert say(answer) == ["There is no such checkout."]
    assert TopupOrder.objects.get(pk=order.pk).granted_at is None


@pytest.mark.parametrize("data", [{}, {"plan": "\0", "interval": "x"}, {"plan": "free"}, {"plan": "x" * 500}])
def test_nonsense_changes_nothing(stripe, subscribe, team, owner_page, data):
    subscribe(team)

    for name in ("change", "buy_plan"):
        answer = owner_page.post(url(name, team), {**data, "keep": ["-1", "x"], "proration_at": "x"}, follow=True)
        assert answer.status_code == 200
    assert owner_page.get(url("change_dialog", team), data, headers=FRAGMENT).status_code == 200

    assert stand(team) == ("standard", "current")
    assert Subscription.objects.get(account__team=team).scheduled_plan_version is None


def test_a_downgrade_asks_who_stays_and_is_taken_back(stripe, subscribe, make_team, as_member):
    team = make_team("free")
    subscribe(team, "premium")
    others = [as_member(team, "manager") for _ in range(3)]
    client = sign_in(team.owner)

    asked = {"plan": "standard", "interval": "month"}
    dialog = client.get(url("change_dialog", team), asked, headers=FRAGMENT).content.decode()
    assert "Who stays active?" in dialog
    assert all(f'value="{one.pk}"' in dialog for one in others)

    client.post(url("change", team), {**asked, "keep": [others[2].pk]})
    row = Subscription.objects.get(account__team=team)
    assert (row.scheduled_plan_version.plan.code, row.keep_user_ids) == ("standard", [others[2].pk])
    assert stand(team) == ("premium", "current")

    client.post(url("change", team), {"plan": "premium", "interval": "month"})
    row.refresh_from_db()
    assert row.scheduled_plan_version is None


def test_ending_and_going_on(stripe, subscribe, team, owner_page):
    subscribe(team)

    answer = owner_page.post(url("cancel", team), follow=True)
    assert "Your plan ends on" in say(answer)[0]
    assert Subscription.objects.get(account__team=team).cancel_at_period_end

    owner_page.post(url("resume", team))
    assert not Subscription.objects.get(account__team=team).cancel_at_period_end


def test_every_paper_is_reached_and_says_what_it_was_for(stripe, subscribe, free_team):
    subscribe(free_team)
    client, own = sign_in(free_team.owner), account_of(free_team)
    for number in range(12):
        line = {"description": f"{number} credits"}
        Invoice.objects.create(
            account=own, number=f"A-{number}", status="paid", currency="USD", total_cents=5_000, lines=[line],
            refunded_cents=(5_000, 900, 0)[min(number, 2)], issued_at=timezone.now() - timedelta(days=99 - number),
        )  # fmt: skip

    first, second = (read(client.get(url("overview", free_team), {"page": page})) for page in ("1", "2"))

    assert "Plan, first period" in first
    assert re.findall(r">(A-\d+)<", first) == [f"A-{number}" for number in range(11, 0, -1)]
    assert (first.count("11 credits"), first.count("$9 refunded"), ">Refunded<" in first) == (1, 1, False)
    assert re.findall(r">(A-\d+)<", second) == ["A-0"]
    assert (">Refunded<" in second, "2 of 2" in second) == (True, True)


def test_bought_units_and_the_whole_address_stand_on_the_page(stripe, subscribe, free_team):
    subscribe(free_team)
    with enter_team(free_team):
        grant_credits(amount=50, origin="purchase", source_key="s", unit="influencer_unlock")
    address = {"line1": "1 High St", "line2": "Floor 2", "postal_code": "94103", "city": "SF", "state": "CA"}
    BillingAccount.objects.update(address=address | {"country": "US"})

    page = read(sign_in(free_team.owner).get(url("overview", free_team)))

    assert "of 500 left, and 50 bought" in page
    assert "1 High St<br>Floor 2<br>94103 SF<br>CA<br>United States" in page
    assert 'data-interval="month"' in page
    home = read(sign_in(free_team.owner).get(f"/t/{free_team.slug}/"))
    assert "of 500, 50 bought" in home


def test_a_top_up_is_offered_to_who_may_buy_it_alone(team, free_team, as_member):
    wallet = f"/t/{team.slug}/wallet/"

    assert url("topups", team) in read(sign_in(team.owner).get(wallet))
    assert url("topups", team) not in read(sign_in(as_member(team, "admin")).get(wallet))
    assert url("topups", free_team) not in read(sign_in(free_team.owner).get(url("overview", free_team)))


def test_months_become_a_year_without_a_word_of_other_credits(stripe, subscribe, free_team):
    subscribe(free_team)
    client = sign_in(free_team.owner)

    def ask(plan: str) -> str:
        return read(client.get(url("change_dialog", free_team), {"plan": plan, "interval": "year"}, headers=FRAGMENT))

    assert "Allowances and credits stay as they are." in ask("standard")
    assert "the difference in credits is added" in ask("premium")
