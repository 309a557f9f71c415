"""Billing in the backoffice: read-only rows with actions, manual billing by forms, every deed under its doer's name."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from apps.billing.errors import InvoiceNumberTaken
from apps.billing.models import Invoice, ManualDocument, StripeEvent, Subscription, TopupOrder
from apps.billing.services import ensure_account, issue_invoice, start_topup
from apps.jobs.models import Job
from apps.plans.selectors import get_plan_version
from apps.system.models import AuditEntry

from .conftest import BACK, stand


@pytest.fixture
def backoffice(client, make_user):
    client.force_login(make_user("root@operator.example", is_staff=True, is_superuser=True))
    return client


def act(client, model: str, action: str, row) -> str:
    address = reverse(f"admin:billing_{model}_changelist")
    answer = client.post(address, {"action": action, "_selected_action": [str(row.pk)]}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def split(moment, name: str) -> dict[str, str]:
    return {f"{name}_0": moment.strftime("%Y-%m-%d"), f"{name}_1": moment.strftime("%H:%M:%S")}


@pytest.fixture
def agree(backoffice, free_team):
    """A superadmin agrees a year of Premium by the form."""

    def fill(**more):
        now = timezone.now().replace(microsecond=0)
        form = {
            "team": free_team.pk, "plan_version": get_plan_version("premium").pk, "interval": "year",
            "price_cents": "400000", "remark": "Order 17", "reason": "They pay by transfer", **split(now, "starts_at"),
            **split(now + timedelta(days=365), "current_period_end"), **more,
        }  # fmt: skip
        return backoffice.post(reverse("admin:billing_subscription_add"), form)

    return fill


def change(client, row: Subscription, **more):
    form = {
        "plan_version": row.plan_version_id, "interval": row.interval, "price_cents": str(row.price_cents),
        "remark": "", "reason": "They asked for it", **split(row.current_period_end, "current_period_end"), **more,
    }  # fmt: skip
    return client.post(reverse("admin:billing_subscription_change", args=[row.pk]), form)


def test_manual_billing_from_agreement_to_its_end(backoffice, agree, free_team):
    assert agree().status_code == 302
    row = Subscription.objects.get()
    assert (stand(free_team), row.note, row.provider) == (("premium", "current"), "Order 17", "manual")
    assert backoffice.get(reverse("admin:billing_subscription_change", args=[row.pk])).status_code == 200

    until = row.current_period_end + timedelta(days=365)
    assert change(backoffice, row, **split(until, "current_period_end"), remark="Paid").status_code == 302
    row.refresh_from_db()
    assert (row.current_period_end, row.note) == (until, "Order 17\nPaid")

    assert change(backoffice, row, end_now="on").status_code == 302
    assert stand(free_team) == ("free", "current")
    user_ids = LogEntry.objects.filter(object_id=str(row.pk)).values_list("user__email", flat=True)
    assert list(user_ids) == ["root@operator.example"] * 3


def test_what_cannot_be_agreed_is_said_in_the_form(agree, free_team):
    now = timezone.now()
    assert "ends before it begins" in agree(**split(now - timedelta(days=3), "current_period_end")).content.decode()
    agree()
    assert "has a subscription already" in agree().content.decode()
    assert Subscription.objects.count() == 1


def list_trail() -> list[tuple]:
    rows = AuditEntry.objects.order_by("id")
    return list(rows.values_list("actor__email", "action", "team_id", "reason", "before", "after"))


def test_each_agreement_stands_in_the_trail_with_its_reason(backoffice, agree, free_team):
    agree()
    row = Subscription.objects.get()
    end = row.current_period_end.isoformat()
    agreed = {
        "plan": "Premium v1", "interval": "year", "price_cents": 400_000, "currency": "USD", "status": "active",
        "paid_until": end, "ends_with_period": False,
    }  # fmt: skip

    change(backoffice, row, price_cents="7", reason="  A discount\nfor the year ")

    assert list_trail() == [
        ("root@operator.example", "subscription.start", free_team.pk, "They pay by transfer", {}, agreed),
        (
            "root@operator.example", "subscription.change", free_team.pk, "A discount for the year",
            agreed, agreed | {"price_cents": 7},
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_reason_nothing_is_agreed_changed_or_billed(backoffice, agree, reason):
    assert agree(reason=reason).status_code == 200
    assert Subscription.objects.count() == 0
    agree()
    row = Subscription.objects.get()

    assert change(backoffice, row, price_cents="7", reason=reason).status_code == 200
    form = {"subscription": row.pk, "number": "2026-17", "total_cents": "1", "reason": reason}
    assert backoffice.post(reverse("admin:billing_invoice_add"), form).status_code == 200

    row.refresh_from_db()
    assert (row.price_cents, Invoice.objects.count()) == (400_000, 0)
    assert [action for _, action, *_ in list_trail()] == ["subscription.start"]


def test_a_stripe_subscription_is_changed_by_nobody(backoffice, subscribe, free_team):
    row = subscribe(free_team)

    assert change(backoffice, row, price_cents="1").status_code == 403
    page = backoffice.get(reverse("admin:billing_subscription_change", args=[row.pk]))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()


def test_an_invoice_of_a_transfer(backoffice, agree):
    agree()
    form = {
        "subscription": Subscription.objects.get().pk,
        "number": "2026-17",
        "total_cents": "400000",
        "is_paid": "on",
        "reason": "Sent by post",
    }

    assert backoffice.post(reverse("admin:billing_invoice_add"), form).status_code == 302

    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.status, invoice.total_cents) == ("2026-17", "paid", 400_000)
    assert list_trail()[-1][1:] == (
        "invoice.issue", invoice.account.team_id, "Sent by post", {},
        {"total_cents": 400_000, "currency": "USD", "status": "paid"},
    )  # fmt: skip
    assert backoffice.get(reverse("admin:billing_invoice_change", args=[invoice.pk])).status_code == 200

    again = backoffice.post(reverse("admin:billing_invoice_add"), form)
    assert again.context["adminform"].form.errors == {"number": ["An invoice of this number was written down already."]}
    with pytest.raises(InvoiceNumberTaken):  # two clicks at once: both forms were fine
        issue_invoice(subscription=Subscription.objects.get(), number="2026-17", total_cents=400_000, is_paid=True)
    assert Invoice.objects.get() == invoice


@pytest.mark.parametrize("cents", ["-1", str(2**63), "9" * 400, "1.5", "NaN"])
def test_an_impossible_amount_is_said_in_the_form(backoffice, agree, cents):
    agree()
    form = {"subscription": Subscription.objects.get().pk, "number": "1", "total_cents": cents, "reason": "Sent"}

    answer = backoffice.post(reverse("admin:billing_invoice_add"), form)

    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, ["total_cents"])
    assert not Invoice.objects.exists()


def test_an_event_is_replayed_under_its_doers_name(backoffice, stripe, tell, subscribe, free_team):
    subscribe(free_team)
    tell("customer.subscription.created")
    event = StripeEvent.objects.get()

    assert "1 queued again" in act(backoffice, "stripeevent", "replay", event)

    assert Job.objects.filter(kind="billing.process_event", state="queued").count() == 1
    entry = LogEntry.objects.get(object_id=event.pk)
    assert (entry.user.email, entry.get_change_message()) == ("root@operator.example", "Queued again.")
    page = backoffice.get(reverse("admin:billing_stripeevent_change", args=[event.pk])).content.decode()
    assert "customer.subscription.created" in page


def test_looking_at_stripe_by_hand(backoffice, stripe, team):
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    stripe.pay(order.stripe_session_id)

    act(backoffice, "topuporder", "look", order)
    act(backoffice, "billingaccount", "sync", ensure_account(team))
    act(backoffice, "billingaccount", "settle", ensure_account(team))

    assert TopupOrder.objects.get().state == "paid"
    stripe.trouble.plan(status=500, times=100)
    assert "does not answer" in act(backoffice, "billingaccount", "sync", ensure_account(team))


def test_a_comparison_by_hand(backoffice, stripe, run_jobs):
    backoffice.get(reverse("admin:billing_reconciliationrun_changelist"))
    answer = backoffice.get(reverse("admin:billing_reconciliationrun_compare_now"), follow=True)
    run_jobs()

    assert "The comparison is queued" in answer.content.decode()
    from apps.billing.models import ReconciliationRun

    run = ReconciliationRun.objects.get()
    assert backoffice.get(reverse("admin:billing_reconciliationrun_change", args=[run.pk])).status_code == 200


def test_documents_are_for_superadmins_and_come_as_downloads(backoffice, client, team, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    account = ensure_account(team)
    form = {"account": account.pk, "title": "Order", "note": "", "file": ContentFile(b"<script>", name="../../o.HTML")}
    assert backoffice.post(reverse("admin:billing_manualdocument_add"), form).status_code == 302
    document = ManualDocument.objects.get()
    assert document.uploaded_by.email == "root@operator.example"
    assert document.file.name.startswith("billing/")
    assert document.file.name.endswith(".html")
    address = reverse("admin:billing_document_file", args=[document.pk])

    answer = backoffice.get(address)

    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert backoffice.get(reverse("admin:billing_document_file", args=[document.pk + 1])).status_code == 404
    client.force_login(team.owner)
    assert client.get(address).status_code in {302, 403}
