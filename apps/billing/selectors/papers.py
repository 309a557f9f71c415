"""A team's invoices and orders. Every call names the team: these tables are shared by all teams."""

from django.db.models import QuerySet

from apps.billing.errors import InvoiceNotFound
from apps.billing.models import Invoice, TopupOrder
from apps.teams.models import Team


def list_invoices(team: Team) -> QuerySet[Invoice]:
    """The team's invoices, newest first; manual ones too."""
    return Invoice.objects.filter(account__team_id=team.pk).order_by("-issued_at", "-id")


def get_invoice(*, team: Team, invoice_id: int) -> Invoice:
    """One of the team's invoices; another team's is `InvoiceNotFound` like one that does not exist."""
    invoice = list_invoices(team).filter(pk=invoice_id).first()
    if invoice is None:
        raise InvoiceNotFound
    return invoice


def find_due_invoice(team: Team) -> Invoice | None:
    """The oldest invoice that can be paid at once, on Stripe's own page of it; None where nothing is due."""
    open_ones = list_invoices(team).filter(status=Invoice.Status.OPEN, amount_due_cents__gt=0)
    return open_ones.exclude(hosted_url="").order_by("issued_at", "id").first()


def list_topups(team: Team) -> QuerySet[TopupOrder]:
    """The team's top-ups, newest first."""
    return (
        TopupOrder.objects.filter(account__team_id=team.pk)
        .select_related("package", "member")
        .order_by("-created_at", "id")
    )
