"""Invoices and their lines: made, finalised, voided. Collecting the money is `collecting.py`."""

from typing import Any

from .customers import merge_metadata
from .errors import invalid
from .items import amount_of
from .paging import page
from .routing import route
from .world import Item, World, as_list, new_id

SMALLEST_CHARGE = 50


def new_line(price: Item, *, amount: int, quantity: int, description: str, period: tuple[int, int], **of: Any) -> Item:
    """A line; `of` names its subscription and item, and whether it is a proration."""
    subscription, proration = of.get("subscription"), bool(of.get("proration"))
    details = {
        "invoice_item": new_id("ii") if proration else None, "proration": proration,
        "proration_details": {"credited_items": None}, "subscription": subscription,
        "subscription_item": of.get("item"),
    }  # fmt: skip
    parent = {"invoice_item_details": None, "subscription_item_details": details, "type": "subscription_item_details"}
    return {
        "id": new_id("il"), "object": "line_item", "amount": amount, "currency": price["currency"],
        "description": description, "discount_amounts": [], "discountable": not proration, "discounts": [],
        "invoice": None, "livemode": False, "metadata": {}, "parent": parent if subscription else None,
        "period": {"start": period[0], "end": period[1]}, "pretax_credit_amounts": [],
        "pricing": {
            "type": "price_details", "price_details": {"price": price["id"], "product": price["product"]},
            "unit_amount_decimal": price["unit_amount_decimal"],
        },
        "quantity": quantity, "quantity_decimal": str(quantity), "subscription": subscription, "subtotal": amount,
        "taxes": [],
    }  # fmt: skip


def full_line(world: World, subscription: Item, item: Item, start: int, end: int) -> Item:
    """A whole period of an item."""
    price, quantity = item["price"], item["quantity"]
    name, rhythm = world.items[price["product"]]["name"], price["recurring"]["interval"]
    each = f"{price['unit_amount'] / 100:,.2f} {price['currency'].upper()}"
    return new_line(
        price, amount=amount_of(item), quantity=quantity, description=f"{quantity} × {name} (at {each} / {rhythm})",
        period=(start, end), subscription=subscription["id"], item=item["id"],
    )  # fmt: skip


def compose_invoice(
    world: World, customer: Item, lines: list[Item], *, reason: str, subscription: Item | None = None, **fields: Any
) -> Item:
    """A draft that nobody knows yet: previews stay like this."""
    id_ = new_id("in")
    now = world.now(customer)
    total = sum(one["amount"] for one in lines)
    parent = None
    if subscription:
        details = {"metadata": dict(subscription["metadata"]), "subscription": subscription["id"]}
        parent = {"type": "subscription_details", "quote_details": None, "subscription_details": details}
        details["subscription_proration_date"] = None
    invoice: Item = {
        "id": id_, "object": "invoice", "created": now, "livemode": False, "metadata": {}, "customer": customer["id"],
        "currency": lines[0]["currency"],
        "lines": as_list([{**one, "invoice": id_} for one in lines], f"/v1/invoices/{id_}/lines"),
        "parent": parent, "billing_reason": reason, "status": "draft", "period_start": now, "period_end": now,
        "subtotal": total, "subtotal_excluding_tax": total, "total": total, "total_excluding_tax": total,
        "total_discount_amounts": [], "total_pretax_credit_amounts": [], "total_taxes": [], "amount_shipping": 0,
        "amount_overpaid": 0, "amount_paid": 0, "attempt_count": 0, "attempted": False, "auto_advance": True,
        "automatic_tax": {"enabled": False, "disabled_reason": None, "liability": None, "provider": None,
            "status": None},
        "collection_method": "charge_automatically", "default_tax_rates": [], "discounts": [],
        "issuer": {"type": "self"}, "post_payment_credit_notes_amount": 0, "pre_payment_credit_notes_amount": 0,
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "status_transitions": {"finalized_at": None, "marked_uncollectible_at": None, "paid_at": None,
            "voided_at": None},
        "account_country": "US", "account_name": "Test payments", "test_clock": customer.get("test_clock"), **fields,
    }  # fmt: skip
    invoice.update(_customer_now(world, customer))
    return _with_balance(invoice, customer)


def draft_invoice(world: World, customer: Item, lines: list[Item], *, reason: str, **fields: Any) -> Item:
    """A draft in the books; the subscription's latest invoice is this one now."""
    subscription = fields.get("subscription")
    composed = compose_invoice(world, customer, lines, reason=reason, **fields)
    invoice = world.new(
        "invoice", "in", owner=customer, **{k: v for k, v in composed.items() if k not in {"object", "created"}}
    )
    if subscription:
        subscription["latest_invoice"] = invoice["id"]
    world.emit("invoice.created", invoice)
    return invoice


def finalize(world: World, invoice: Item) -> Item:
    """From here on it is due: numbered, with the customer's address and tax numbers as they are today."""
    customer = world.items[invoice["customer"]]
    _with_balance(invoice, customer)
    invoice.update(_customer_now(world, customer))
    number = f"{customer['invoice_prefix']}-{customer['next_invoice_sequence']:04d}"
    customer["next_invoice_sequence"] += 1
    customer["balance"] = invoice["ending_balance"]
    now = world.now(invoice)
    page_ = f"{world.base_url}/i/{invoice['id']}"
    invoice.update(
        number=number,
        hosted_invoice_url=page_,
        invoice_pdf=f"{page_}/pdf",
        effective_at=now,
        automatically_finalizes_at=None,
    )
    invoice["status_transitions"]["finalized_at"] = now
    world.change(invoice, status="open")
    world.emit("invoice.finalized", invoice)
    return invoice


def void(world: World, invoice: Item) -> Item:
    invoice["status_transitions"]["voided_at"] = world.now(invoice)
    invoice.update(next_payment_attempt=None, auto_advance=False, amount_remaining=0)
    world.change(invoice, status="void")
    world.emit("invoice.voided", invoice)
    return invoice


@route("GET", "/v1/invoices/{id}", "InvoiceRetrieveParams")
def retrieve_invoice(world: World, _params: Item, id_: str) -> Item:
    return world.get("invoice", id_)


@route("GET", "/v1/invoices", "InvoiceListParams")
def list_invoices(world: World, params: Item) -> Item:
    found = world.every("invoice")
    if params.get("subscription"):
        found = (one for one in found if subscription_of(one) == params["subscription"])
    return page(found, params, "/v1/invoices", customer=params.get("customer"), status=params.get("status"))


@route("POST", "/v1/invoices/{id}", "InvoiceUpdateParams")
def update_invoice(world: World, params: Item, id_: str) -> Item:
    invoice = world.get("invoice", id_)
    fields = {name: params[name] for name in ("auto_advance", "description", "footer") if name in params}
    if "metadata" in params:
        fields["metadata"] = merge_metadata(invoice["metadata"], params["metadata"])
    return world.change(invoice, "invoice.updated", **fields)


@route("GET", "/v1/invoices/{id}/lines", "InvoiceLineItemListParams")
def list_invoice_lines(world: World, _params: Item, id_: str) -> Item:
    return dict(world.get("invoice", id_)["lines"])


@route("GET", "/v1/invoice_payments", "InvoicePaymentListParams")
def list_invoice_payments(world: World, params: Item) -> Item:
    wanted = {"invoice": params.get("invoice"), "status": params.get("status")}
    found = world.every("invoice_payment")
    if "payment" in params:
        found = (one for one in found if one["payment"]["payment_intent"] == params["payment"].get("payment_intent"))
    return page(found, params, "/v1/invoice_payments", **wanted)


@route("GET", "/v1/invoice_payments/{id}", "InvoicePaymentRetrieveParams")
def retrieve_invoice_payment(world: World, _params: Item, id_: str) -> Item:
    return world.get("invoice_payment", id_)


def subscription_of(invoice: Item) -> str | None:
    parent = invoice["parent"]
    return parent["subscription_details"]["subscription"] if parent else None


def require_status(invoice: Item, *allowed: str) -> None:
    if invoice["status"] not in allowed:
        message = f"Invoice is {invoice['status']}; this needs it to be {' or '.join(allowed)}."
        raise invalid(message, code="invoice_not_editable" if "draft" in allowed else None)


def _customer_now(world: World, customer: Item) -> Item:
    numbers = [{"type": one["type"], "value": one["value"]} for one in world.every("tax_id", customer=customer["id"])]
    return {
        "customer_address": customer["address"], "customer_email": customer["email"], "customer_name": customer["name"],
        "customer_phone": customer["phone"], "customer_tax_exempt": customer["tax_exempt"], "customer_tax_ids": numbers,
    }  # fmt: skip


def _with_balance(invoice: Item, customer: Item) -> Item:
    """A credit balance pays first; what is too small to charge, or negative, goes into the balance."""
    start = customer["balance"]
    due = invoice["total"] + start
    carried = due < SMALLEST_CHARGE
    amount = 0 if carried else due
    invoice.update(
        starting_balance=start, ending_balance=due if carried else 0, amount_due=amount, amount_remaining=amount
    )
    return invoice
