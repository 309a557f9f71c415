"""The hosted invoice, its PDF, and receipts."""

from html import escape

from tests.fakes.serving import Reply
from tests.fakes.stripe.clock import say_day
from tests.fakes.stripe.collecting import collect
from tests.fakes.stripe.world import Item, World

from .layout import Form, alert, button_form, html_page, message_page, money, rows
from .pdf import make_pdf


def show_invoice(world: World, parts: list[str], form: Form, *, posted: bool) -> Reply:
    invoice = world.get("invoice", parts[0])
    if parts[1:] == ["pdf"]:
        name = f'inline; filename="invoice-{invoice["number"]}.pdf"'
        return Reply(
            make_pdf(_as_text(invoice)), headers={"Content-Type": "application/pdf", "Content-Disposition": name}
        )
    problem = ""
    if (
        posted
        and form.get("do") == "pay"
        and invoice["status"] == "open"
        and not collect(world, invoice, on_session=True)
    ):
        problem = "The card was declined. Change it in the billing portal first."
    lines = [(one["description"], money(one["amount"], one["currency"])) for one in invoice["lines"]["data"]]
    lines += [
        ("Total", money(invoice["total"], invoice["currency"])),
        ("Due", money(invoice["amount_remaining"], invoice["currency"])),
    ]
    about = "<br>".join(escape(line) for line in _about(invoice))
    pay = button_form(f"/i/{invoice['id']}", "pay", "Pay now", quiet=False) if invoice["status"] == "open" else ""
    content = (
        f'{alert(problem)}<section class="card"><p>{about}</p>{rows(lines)}</section>{pay}'
        f'<a class="leave" href="/i/{invoice["id"]}/pdf">Download as PDF</a>'
    )
    return html_page(f"Invoice {invoice['number'] or '(draft)'}", content)


def show_receipt(world: World, parts: list[str], _form: Form, *, posted: bool) -> Reply:
    charge = world.get("charge", parts[0])
    paid = f"{money(charge['amount'], charge['currency'])} on {say_day(charge['created'])}"
    return message_page("Receipt", f"Paid: {paid}. Refunded: {money(charge['amount_refunded'], charge['currency'])}.")


def _about(invoice: Item) -> list[str]:
    address = invoice["customer_address"] or {}
    place = ", ".join(address[name] for name in ("line1", "postal_code", "city", "country") if address.get(name))
    numbers = [f"Tax number: {one['value']}" for one in invoice["customer_tax_ids"]]
    head = [
        f"Status: {invoice['status']}",
        f"Date: {say_day(invoice['created'])}",
        invoice["customer_name"] or invoice["customer_email"] or "",
    ]
    return [line for line in [*head, place, *numbers] if line]


def _as_text(invoice: Item) -> list[str]:
    lines = [f"{one['description']}: {money(one['amount'], one['currency'])}" for one in invoice["lines"]["data"]]
    total = f"Total: {money(invoice['total'], invoice['currency'])}"
    return ["Test payments - no money moves", f"Invoice {invoice['number']}", *_about(invoice), "", *lines, "", total]
