"""What the staff does on the site: acted once, with a reason, in the trail, and by new entries only."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.billing.models import Invoice, Subscription
from apps.billing.services import ensure_account
from apps.credits.models import Entry, Grant, Revocation
from apps.credits.selectors import compute_balance
from apps.credits.services import capture_hold, hold_credits
from apps.plans.models import PlanVersion, PriceRule
from apps.plans.selectors import get_plan_version, get_price
from apps.system.models import AuditEntry
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.support.people import PASSWORD


@pytest.fixture
def act(console):
    """`act(f"teams/team/1/act/grant", amount=5)`: the form sent with a reason, unless the caller gives another."""

    def send(path: str, **given):
        form = {"reason": "Agreed by phone", "key": str(uuid.uuid4()), **given}
        return console.post(f"/admin/{path}/", form)

    return send


def trail() -> list[tuple]:
    rows = AuditEntry.objects.order_by("id")
    return list(rows.values_list("action", "reason", "team_id", "actor__email"))


def balance(team: Team) -> int:
    with enter_team(team):
        return compute_balance()["balance"]


def fresh(team: Team) -> Team:
    return Team.objects.select_related("plan_version__plan").get(pk=team.pk)


def test_credits_are_given_once_with_reason_and_end(act, team, superadmin):
    key, ends_at = str(uuid.uuid4()), (timezone.now() + timedelta(days=9)).replace(second=0, microsecond=0)
    form = {"unit": "credits", "amount": 250, "key": key, "expires_at": ends_at.strftime("%Y-%m-%dT%H:%M")}

    for _ in range(2):
        answer = act(f"teams/team/{team.pk}/act/grant", **form)
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/teams/team/{team.pk}/change/")

    assert balance(team) == 1_250
    with enter_team(team):
        grant = Grant.objects.get(origin="adjustment")
        entry = Entry.objects.get(key=f"grant:{grant.source_key}")
    assert (grant.amount, grant.expires_at) == (250, ends_at)
    assert (entry.reason, entry.member_id) == ("Agreed by phone", superadmin.pk)
    assert trail() == [("credits.grant", "Agreed by phone", team.pk, "root@operator.example")]
    assert AuditEntry.objects.get().after == {
        "unit": "credits", "amount": 250, "expires_at": ends_at.isoformat(), "key": key,
    }  # fmt: skip


def test_units_of_an_action_are_given_and_taken(act, team):
    act(f"teams/team/{team.pk}/act/grant", unit="email_unlock", amount=40)
    answer = act(f"teams/team/{team.pk}/act/take", unit="email_unlock", amount=60)

    assert answer.status_code == 302
    with enter_team(team):
        assert Grant.objects.get(unit="email_unlock").remaining == 0
    assert AuditEntry.objects.first().after["amount"] == -40


@pytest.mark.parametrize(
    "given",
    [
        {"reason": "  "}, {"amount": "0"}, {"amount": "-5"}, {"amount": "10000001"}, {"unit": "unicorns"},
        {"expires_at": "2020-01-01T00:00"}, {"reason": "x" * 301},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_form_and_changes_nothing(act, team, given):
    answer = act(f"teams/team/{team.pk}/act/grant", **{"unit": "credits", "amount": "5", **given})

    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert (balance(team), trail()) == (1_000, [])


def test_a_grant_is_taken_back_its_debt_waived_and_all_of_it_undone(act, console, team):
    act(f"teams/team/{team.pk}/act/grant", unit="credits", amount=100)
    with enter_team(team):
        grant = Grant.objects.get(origin="adjustment")
        Grant.objects.filter(pk=grant.pk).update(priority=1)
        hold_credits(action="discovery_pagination", units=5 + 3, key="k", member=team.owner)
        capture_hold(key="k")

    assert act(f"teams/team/{team.pk}/grants/{grant.pk}/revoke").status_code == 302
    with enter_team(team):
        taken = Revocation.objects.get()
        assert (taken.revoked, taken.debt_remaining, taken.reason) == (70, 30, "Agreed by phone")
    page = console.get(f"/admin/teams/team/{team.pk}/ledger/").content.decode()
    assert f"/admin/teams/team/{team.pk}/revocations/{taken.pk}/waive/" in page

    assert act(f"teams/team/{team.pk}/revocations/{taken.pk}/waive").status_code == 302
    assert act(f"teams/team/{team.pk}/revocations/{taken.pk}/restore").status_code == 302
    with enter_team(team):
        taken.refresh_from_db()
        entries = list(Entry.objects.order_by("seq").values_list("amount", flat=True))
    assert (taken.debt_remaining, taken.debt_waived, taken.restored_at is not None) == (0, 30, True)
    assert sum(entries) == balance(team) == 1_070
    assert [action for action, *_ in trail()] == ["credits.grant", "grant.revoke", "debt.waive", "grant.restore"]


def test_another_teams_grant_is_not_there(act, team, other_team):
    with enter_team(other_team):
        compute_balance()
        grant_id = 987_654

    answer = act(f"teams/team/{team.pk}/grants/{grant_id}/revoke")

    assert (answer.status_code, trail()) == (200, [])
    assert "no such grant" in answer.content.decode()


def agree(act, team, **given):
    until = (timezone.now() + timedelta(days=90)).strftime("%Y-%m-%dT%H:%M")
    form = {"plan": "premium", "interval": "month", "paid_until": until, **given}
    return act(f"teams/team/{team.pk}/act/plan", **form)


def test_a_plan_by_transfer_then_another_then_free(act, free_team):
    assert agree(act, free_team, price_cents="30000").status_code == 302
    row = Subscription.objects.get()
    assert (row.provider, row.price_cents, row.note, fresh(free_team).plan_version.plan.code) == (
        "manual", 30_000, "Agreed by phone", "premium",
    )  # fmt: skip

    agree(act, free_team, plan="standard", interval="year", paid_until=row.paid_until.strftime("%Y-%m-%dT%H:%M"))
    row.refresh_from_db()
    assert (row.interval, row.price_cents) == ("year", get_plan_version("standard").price_year_cents)

    agree(act, free_team, plan="free", paid_until="")
    row.refresh_from_db()
    assert (row.status, fresh(free_team).plan_version.plan.code) == ("canceled", "free")
    first, second, third = AuditEntry.objects.order_by("id")
    assert (first.before, first.after["plan"], first.after["price_cents"]) == (
        {"plan": "free", "version": 1}, "premium", 30_000,
    )  # fmt: skip
    assert (second.after["plan"], third.before["plan"], third.after) == (
        "standard", "standard", {"plan": "free", "version": 1},
    )  # fmt: skip


def test_a_plan_that_nobody_bills_goes_back_to_free(act, team):
    assert agree(act, team, plan="free", paid_until="").status_code == 302

    assert fresh(team).plan_version.plan.code == "free"


def test_what_stripe_bills_is_left_to_stripe(act, free_team):
    agree(act, free_team)
    Subscription.objects.update(provider="stripe")

    answer = agree(act, free_team, plan="standard")

    assert "Stripe bills this team" in answer.content.decode()
    assert (fresh(free_team).plan_version.plan.code, len(trail())) == ("premium", 1)


@pytest.mark.parametrize("given", [{"paid_until": ""}, {"paid_until": "2020-01-01T00:00"}, {"plan": "gold"}])
def test_a_plan_needs_a_date_that_lies_ahead(act, free_team, given):
    answer = agree(act, free_team, **given)

    assert (answer.status_code, bool(answer.context["form"].errors), Subscription.objects.count()) == (200, True, 0)


def test_a_team_is_suspended_at_once_and_opened_again(act, api, committed_db, team):
    member = api(team.owner, team=team)
    assert member.get("/api/v1/teams/current").status_code == 200

    act(f"teams/team/{team.pk}/act/suspend")
    assert member.get("/api/v1/teams/current").json()["error"]["code"] == "team.suspended"
    act(f"teams/team/{team.pk}/act/suspend")
    act(f"teams/team/{team.pk}/act/unsuspend")

    assert member.get("/api/v1/teams/current").status_code == 200
    assert [action for action, *_ in trail()] == ["team.suspend", "team.unsuspend"]


def test_proposals_are_unlocked_and_locked(act, team):
    act(f"teams/team/{team.pk}/act/unlock-proposals")
    assert fresh(team).proposals_unlocked_at is not None
    act(f"teams/team/{team.pk}/act/lock-proposals")

    assert fresh(team).proposals_unlocked_at is None
    assert [action for action, *_ in trail()] == ["proposals.grant", "proposals.revoke"]


def test_a_user_is_signed_out_everywhere(act, api, committed_db, team, superadmin):
    client = api()
    body = client.post("/api/v1/auth/login", {"email": team.owner.email, "password": PASSWORD}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {body['access']}")
    assert client.get("/api/v1/auth/me").status_code == 200

    act(f"accounts/user/{team.owner.pk}/act/deactivate")
    assert client.get("/api/v1/auth/me").status_code == 401
    act(f"accounts/user/{team.owner.pk}/act/activate")
    assert client.get("/api/v1/auth/me").status_code == 401  # the session ended for good

    assert api(team.owner).get("/api/v1/auth/me").status_code == 200
    answer = act(f"accounts/user/{superadmin.pk}/act/deactivate")
    assert (answer.status_code, [action for action, *_ in trail()]) == (200, ["user.deactivate", "user.activate"])


def test_the_next_version_of_a_plan_leaves_what_was_agreed(act, console, team):
    agreed = team.plan_version
    answer = act(f"plans/version/planversion/{agreed.pk}/next")
    draft = PlanVersion.objects.get(plan=agreed.plan, number=agreed.number + 1)
    assert (answer["Location"], draft.published_at) == (f"/admin/plans/planversion/{draft.pk}/change/", None)
    again = act(f"plans/version/planversion/{agreed.pk}/next")
    assert again["Location"] == answer["Location"]

    form = {
        "currency": "USD", "price_month_cents": "24900", "price_year_cents": "239040", "seats": "3",
        "support": "priority", "monthly_credits": "1200", "rollover_credits_max": "1200", "allowances": "{}",
        "features": "[]", "topup_discount_percent": "0",
    }  # fmt: skip
    assert console.post(answer["Location"], form).status_code == 302
    assert get_plan_version("standard") == agreed
    act(f"plans/version/planversion/{draft.pk}/publish")

    assert (get_plan_version("standard"), get_plan_version("standard").seats) == (draft, 3)
    assert fresh(team).plan_version == agreed
    assert console.post(answer["Location"], {**form, "seats": "9"}).status_code == 403
    page = console.get(answer["Location"]).content.decode()
    assert "seats 2 → 3" in page
    assert "price month cents 19900 → 24900" in page
    published = AuditEntry.objects.get(action="version.publish")
    assert (published.before["seats"], published.after["seats"], published.target_label) == (2, 3, str(draft))
    assert AuditEntry.objects.filter(action="version.draft").count() == 1


def test_a_published_version_is_not_published_twice_nor_overtaken(act):
    rule = get_price("email_unlock")
    assert "is published" in act(f"plans/version/pricerule/{rule.pk}/publish").content.decode()

    act(f"plans/version/pricerule/{rule.pk}/next")
    draft = PriceRule.objects.get(action="email_unlock", published_at=None)
    PriceRule.objects.create(action="email_unlock", version=9, label="E", credits=1, published_at=timezone.now())

    assert "newer version" in act(f"plans/version/pricerule/{draft.pk}/publish").content.decode()


def test_a_new_price_counts_at_once(act, api, committed_db, team):
    member = api(team.owner, team=team)
    assert member.get("/api/v1/credits/pricing/email_unlock").json()["cost"] == 10
    act(f"plans/version/pricerule/{get_price('email_unlock').pk}/next")
    draft = PriceRule.objects.get(action="email_unlock", published_at=None)
    PriceRule.objects.filter(pk=draft.pk).update(credits=12)

    act(f"plans/version/pricerule/{draft.pk}/publish")

    assert member.get("/api/v1/credits/pricing/email_unlock").json()["cost"] == 12


def list_pages(team: Team, person) -> list[str]:
    rule = get_price("email_unlock")
    invoice = Invoice.objects.create(account=ensure_account(team), status="open", currency="USD", total_cents=1)
    return [
        *(f"teams/team/{team.pk}/act/{act}" for act in ("grant", "take", "plan", "suspend", "unlock-proposals")),
        f"teams/team/{team.pk}/grants/1/revoke",
        f"teams/team/{team.pk}/revocations/1/waive",
        f"accounts/user/{person.pk}/act/deactivate",
        f"plans/version/pricerule/{rule.pk}/next",
        *(f"billing/invoice/{invoice.pk}/act/{act}" for act in ("paid", "void", "refund")),
    ]


def test_every_act_has_its_page_and_nobody_else_has(console, client, team):
    pages = list_pages(team, team.owner)
    assert [console.get(f"/admin/{page}/").status_code for page in pages] == [200] * len(pages)
    client.force_login(team.owner)

    form = {"reason": "x", "key": str(uuid.uuid4())}
    assert {client.post(f"/admin/{page}/", form).status_code for page in pages} <= {302, 403}
    assert (trail(), balance(team)) == ([], 1_000)


@pytest.mark.parametrize(
    "path", ["teams/team/1/act/explode", "teams/team/999999/act/grant", "plans/version/plan/1/next"]
)
def test_what_is_not_there_is_404(console, path):
    assert console.get(f"/admin/{path}/").status_code == 404
