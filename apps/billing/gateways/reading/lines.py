"""What an invoice is made of."""

from typing import Any

from apps.billing.gateways.facts import InvoiceLine, PreviewFacts

from .plain import as_dict, read_moment

# Lines of an invoice that are kept; a plan has one, a change of plan three.
MOST_LINES = 50


def read_lines(found: dict[str, Any]) -> list[InvoiceLine]:
    return [_read_line(line) for line in found["lines"]["data"][:MOST_LINES]]


def read_preview(given: Any) -> PreviewFacts:
    found = as_dict(given)
    return PreviewFacts(found["total"], found["amount_due"], found["currency"].upper(), read_lines(found))


def _read_line(line: dict[str, Any]) -> InvoiceLine:
    details = (line.get("parent") or {}).get("subscription_item_details") or {}
    more = (line.get("parent") or {}).get("invoice_item_details") or {}
    return InvoiceLine(
        description=(line.get("description") or "")[:300],
        quantity=line.get("quantity") or 1,
        amount_cents=line["amount"],
        period_start=read_moment(line["period"]["start"]),
        period_end=read_moment(line["period"]["end"]),
        is_proration=bool(details.get("proration") or more.get("proration")),
    )
