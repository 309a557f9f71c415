"""Invoices become paid or fail, and their subscriptions follow: active, past due, cancelled."""

from .cards import find_payment_method
from .clock import DAY
from .customers import default_method
from .errors import declined, invalid
from .invoices import finalize, require_status, subscription_of, void
from .items import item_list
from .payments import cancel_intent, new_intent, take_payment
from .routing import route
from .world import Item, World, new_id


@route("POST", "/v1/invoices/{id}/finalize", "InvoiceFinalizeInvoiceParams")
def finalize_invoice(world: World, _params: Item, id_: str) -> Item:
    invoice = world.get("invoice", id_)
    require_status(invoice, "draft")
    return finalize(world, invoice)


@route("POST", "/v1/invoices/{id}/pay", "InvoicePayParams")
def pay_invoice(world: World, params: Item, id_: str) -> Item:
    invoice = world.get("invoice", id_)
    if invoice["status"] == "paid":
        raise invalid("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] == "draft":
        finalize(world, invoice)
    require_status(invoice, "open", "uncollectible")
    if params.get("paid_out_of_band"):
        return mark_paid(world, invoice)
    customer = world.items[invoice["customer"]]
    chosen = params.get("payment_method")
    method = find_payment_method(world, chosen, customer=customer) if chosen else None
    if not collect(world, invoice, method=method):
        raise refusal_of(world, invoice)
    return invoice


@route("POST", "/v1/invoices/{id}/void", "InvoiceVoidInvoiceParams")
def void_invoice(world: World, _params: Item, id_: str) -> Item:
    invoice = world.get("invoice", id_)
    require_status(invoice, "open", "uncollectible")
    return drop_invoice(world, invoice)


@route("POST", "/v1/invoices/{id}/mark_uncollectible", "InvoiceMarkUncollectibleParams")
def mark_uncollectible(world: World, _params: Item, id_: str) -> Item:
    invoice = world.get("invoice", id_)
    require_status(invoice, "open")
    return give_up(world, invoice)


def collect(world: World, invoice: Item, *, method: Item | None = None, on_session: bool = False) -> bool:
    """Ask for what is due. False when the bank says no or there is no card; a bank debit under way is no failure."""
    customer = world.items[invoice["customer"]]
    subscription = world.items.get(subscription_of(invoice) or "")
    if invoice["amount_due"] == 0:
        mark_paid(world, invoice)
        return True
    method = method or default_method(world, customer, subscription)
    intent = _intent_of(world, invoice, customer)
    invoice.update(attempted=True, attempt_count=invoice["attempt_count"] + 1)
    status = take_payment(world, intent, method, on_session=on_session) if method else "requires_payment_method"
    if status == "succeeded":
        mark_paid(world, invoice)
    elif status == "requires_payment_method":
        fail(world, invoice)
    return status != "requires_payment_method"


def refusal_of(world: World, invoice: Item) -> Exception:
    """The refusal that a failed `collect` means to the caller."""
    payment = next(world.every("invoice_payment", invoice=invoice["id"]))
    intent = world.items[payment["payment"]["payment_intent"]]
    error = intent["last_payment_error"]
    if error is None:
        return invalid(
            "This customer has no attached payment source or default payment method.", code="resource_missing"
        )
    return declined(error["decline_code"], charge=intent["latest_charge"], payment_intent=intent)


def mark_paid(world: World, invoice: Item) -> Item:
    now = world.now(invoice)
    invoice["status_transitions"]["paid_at"] = now
    invoice.update(amount_paid=invoice["amount_due"], amount_remaining=0, attempted=True, next_payment_attempt=None)
    world.change(invoice, status="paid")
    for payment in world.every("invoice_payment", invoice=invoice["id"]):
        payment["status_transitions"]["paid_at"] = now
        world.change(payment, status="paid", amount_paid=invoice["amount_due"])
        world.emit("invoice_payment.paid", payment)
    world.emit("invoice.paid", invoice)
    world.emit("invoice.payment_succeeded", invoice)
    subscription = world.items.get(subscription_of(invoice) or "")
    if subscription:
        _go_on(world, subscription, invoice)
    return invoice


def fail(world: World, invoice: Item) -> None:
    """The bank said no: when to ask again, and what becomes of the subscription."""
    subscription = world.items.get(subscription_of(invoice) or "")
    waits = invoice["billing_reason"] == "subscription_create" or bool(_pending_for(subscription, invoice))
    tries = invoice["attempt_count"] - 1
    days = world.rules.retry_days
    again = None if waits or tries >= len(days) else world.now(invoice) + days[tries] * DAY
    world.change(invoice, next_payment_attempt=again)
    world.emit("invoice.payment_failed", invoice)
    if subscription is None or waits:
        return
    world.change(world.items[invoice["customer"]], "customer.updated", delinquent=True)
    if again is None and tries >= len(days):
        _end_of_patience(world, subscription)
    elif subscription["status"] == "active":
        world.change(subscription, "customer.subscription.updated", status="past_due")


def drop_invoice(world: World, invoice: Item) -> Item:
    """Void it; a change that waited for its payment is dropped with it."""
    for payment in world.every("invoice_payment", invoice=invoice["id"]):
        intent = world.items[payment["payment"]["payment_intent"]]
        if intent["status"] not in {"succeeded", "canceled"}:
            cancel_intent(world, intent, reason="void_invoice")
        payment["status_transitions"]["canceled_at"] = world.now(invoice)
        world.change(payment, status="canceled")
    void(world, invoice)
    subscription = world.items.get(subscription_of(invoice) or "")
    if _pending_for(subscription, invoice):
        drop_pending_update(world, subscription or {})
    return invoice


def give_up(world: World, invoice: Item) -> Item:
    invoice["status_transitions"]["marked_uncollectible_at"] = world.now(invoice)
    invoice["next_payment_attempt"] = None
    world.change(invoice, status="uncollectible")
    world.emit("invoice.marked_uncollectible", invoice)
    return invoice


def drop_pending_update(world: World, subscription: Item) -> None:
    subscription["_pending"] = None
    subscription["pending_update"] = None
    world.emit("customer.subscription.pending_update_expired", subscription)


def _pending_for(subscription: Item | None, invoice: Item) -> Item | None:
    pending: Item | None = (subscription or {}).get("_pending")
    return pending if pending and pending["invoice"] == invoice["id"] else None


def _go_on(world: World, subscription: Item, invoice: Item) -> None:
    """The money is there: apply what waited for it, and be active again when nothing else is open."""
    pending = _pending_for(subscription, invoice)
    if pending:
        subscription["_pending"] = None
        changes = {"items": item_list(subscription["id"], pending["items"]), "billing_cycle_anchor": pending["anchor"]}
        world.change(subscription, "customer.subscription.updated", pending_update=None, **changes)
        world.emit("customer.subscription.pending_update_applied", subscription)
    open_ = [
        one
        for one in world.every("invoice", customer=subscription["customer"], status="open")
        if subscription_of(one) == subscription["id"] and one["attempted"]
    ]
    if subscription["status"] in {"past_due", "unpaid", "incomplete"} and not open_:
        world.change(subscription, "customer.subscription.updated", status="active")
        world.change(world.items[subscription["customer"]], "customer.updated", delinquent=False)


def _end_of_patience(world: World, subscription: Item) -> None:
    from .subscriptions import end_subscription

    outcome = world.rules.after_retries
    if outcome == "cancel":
        end_subscription(world, subscription, reason="payment_failed")
    else:
        world.change(subscription, "customer.subscription.updated", status=outcome)


def _intent_of(world: World, invoice: Item, customer: Item) -> Item:
    """One payment intent an invoice, however often it is tried."""
    for payment in world.every("invoice_payment", invoice=invoice["id"]):
        return world.items[payment["payment"]["payment_intent"]]
    intent = new_intent(
        world, customer=customer, amount=invoice["amount_due"], currency=invoice["currency"],
        description="Subscription update" if invoice["billing_reason"] == "subscription_update" else "Subscription",
    )  # fmt: skip
    intent["_invoice"] = invoice["id"]
    link_payment(world, invoice, intent)
    return intent


def link_payment(world: World, invoice: Item, intent: Item) -> Item:
    return world.new(
        "invoice_payment", "inpay", id=new_id("inpay"), owner=invoice, invoice=invoice["id"],
        amount_requested=invoice["amount_due"], amount_paid=None, currency=invoice["currency"], is_default=True,
        payment={"type": "payment_intent", "payment_intent": intent["id"]}, status="open",
        status_transitions={"canceled_at": None, "paid_at": None},
    )  # fmt: skip
