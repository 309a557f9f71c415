"""Payment intents and charges: who is asked for money, and what the bank says."""

from typing import Any

from .cards import card_of, find_payment_method
from .customers import default_method, find_customer, merge_metadata
from .errors import decline_error, declined, invalid
from .paging import page
from .routing import route
from .world import Item, World, new_id


@route("POST", "/v1/payment_intents", "PaymentIntentCreateParams")
def create_payment_intent(world: World, params: Item) -> Item:
    customer = find_customer(world, params["customer"], param="customer") if params.get("customer") else None
    intent = new_intent(
        world, customer=customer, amount=params["amount"], currency=params["currency"],
        description=params.get("description"), metadata=params.get("metadata") or {},
        setup_future_usage=params.get("setup_future_usage"), receipt_email=params.get("receipt_email"),
    )  # fmt: skip
    method = _chosen_method(world, params, customer)
    if method:
        intent.update(payment_method=method["id"], status="requires_confirmation")
    if params.get("confirm"):
        _confirm_or_refuse(world, intent, method, on_session=not params.get("off_session"))
    return intent


@route("POST", "/v1/payment_intents/{id}/confirm", "PaymentIntentConfirmParams")
def confirm_payment_intent(world: World, params: Item, id_: str) -> Item:
    intent = world.get("payment_intent", id_)
    _require(intent, {"requires_payment_method", "requires_confirmation"})
    customer = world.items.get(intent["customer"] or "")
    method = _chosen_method(world, params, customer) or world.items.get(intent["payment_method"] or "")
    return _confirm_or_refuse(world, intent, method, on_session=not params.get("off_session"))


@route("POST", "/v1/payment_intents/{id}/cancel", "PaymentIntentCancelParams")
def cancel_payment_intent(world: World, params: Item, id_: str) -> Item:
    intent = world.get("payment_intent", id_)
    _require(intent, {"requires_payment_method", "requires_confirmation", "processing"})
    return cancel_intent(world, intent, reason=params.get("cancellation_reason"))


@route("GET", "/v1/payment_intents/{id}", "PaymentIntentRetrieveParams")
def retrieve_payment_intent(world: World, _params: Item, id_: str) -> Item:
    return world.get("payment_intent", id_)


@route("POST", "/v1/payment_intents/{id}", "PaymentIntentUpdateParams")
def update_payment_intent(world: World, params: Item, id_: str) -> Item:
    intent = world.get("payment_intent", id_)
    fields = {name: params[name] for name in ("description", "receipt_email") if name in params}
    if "metadata" in params:
        fields["metadata"] = merge_metadata(intent["metadata"], params["metadata"])
    return world.change(intent, **fields)


@route("GET", "/v1/payment_intents", "PaymentIntentListParams")
def list_payment_intents(world: World, params: Item) -> Item:
    return page(world.every("payment_intent"), params, "/v1/payment_intents", customer=params.get("customer"))


@route("GET", "/v1/charges/{id}", "ChargeRetrieveParams")
def retrieve_charge(world: World, _params: Item, id_: str) -> Item:
    return world.get("charge", id_)


@route("GET", "/v1/charges", "ChargeListParams")
def list_charges(world: World, params: Item) -> Item:
    wanted = {"customer": params.get("customer"), "payment_intent": params.get("payment_intent")}
    return page(world.every("charge"), params, "/v1/charges", **wanted)


def new_intent(world: World, *, customer: Item | None, amount: int, currency: str, **fields: Any) -> Item:
    """A payment intent that waits for a payment method."""
    if amount < 1:
        raise invalid(
            "This value must be greater than or equal to 1.", param="amount", code="parameter_invalid_integer"
        )
    id_ = new_id("pi")
    intent = world.new(
        "payment_intent", "pi", id=id_, owner=customer, customer=customer and customer["id"], amount=amount,
        currency=currency.lower(), amount_capturable=0, amount_received=0, capture_method="automatic_async",
        client_secret=f"{id_}_secret_{new_id('x')[2:]}", confirmation_method="automatic",
        payment_method_types=["card"], status="requires_payment_method", **fields,
    )  # fmt: skip
    world.emit("payment_intent.created", intent)
    return intent


def take_payment(world: World, intent: Item, method: Item, *, on_session: bool) -> str:
    """Ask the bank. The intent's status afterwards: succeeded, processing (a bank debit) or requires_payment_method."""
    card = card_of(method)
    refusal = card.first if on_session else card.later
    intent["payment_method"] = method["id"]
    charge = _new_charge(world, intent, method, refusal=refusal, pending=card.settles is not None and not refusal)
    intent["latest_charge"] = charge["id"]
    if refusal:
        _fail(world, intent, charge, refusal)
    elif card.settles is not None:
        intent["_settles_at"], intent["_settles"] = world.now(intent) + world.rules.settle_seconds, card.settles
        world.change(intent, "payment_intent.processing", status="processing")
        world.emit("charge.pending", charge)
    else:
        _succeed(world, intent, charge)
    return str(intent["status"])


def settle_payment(world: World, intent: Item) -> bool:
    """What the bank says in the end about a debit; whether the money came."""
    charge = world.items[intent["latest_charge"]]
    intent["_settles_at"] = None
    if intent["_settles"]:
        charge.update(status="succeeded", paid=True, captured=True, amount_captured=charge["amount"])
        _succeed(world, intent, charge)
    else:
        charge.update(status="failed", failure_code="insufficient_funds", failure_message="The account has no funds.")
        _fail(world, intent, charge, "insufficient_funds")
    return bool(intent["_settles"])


def cancel_intent(world: World, intent: Item, *, reason: str | None) -> Item:
    intent["_settles_at"] = None
    intent.update(canceled_at=world.now(intent), cancellation_reason=reason)
    return world.change(intent, "payment_intent.canceled", status="canceled")


def _succeed(world: World, intent: Item, charge: Item) -> None:
    world.emit("charge.succeeded", charge)
    intent.update(amount_received=intent["amount"], last_payment_error=None)
    world.change(intent, "payment_intent.succeeded", status="succeeded")


def _fail(world: World, intent: Item, charge: Item, code: str) -> None:
    world.emit("charge.failed", charge)
    intent.update(
        status="requires_payment_method", last_payment_error=decline_error(code, charge["id"]), payment_method=None
    )
    world.changed = True
    world.emit("payment_intent.payment_failed", intent)


def _new_charge(world: World, intent: Item, method: Item, *, refusal: str | None, pending: bool) -> Item:
    paid = not refusal and not pending
    status = "failed" if refusal else "pending" if pending else "succeeded"
    kind = method["type"]
    outcome = {"network_status": "declined_by_network" if refusal else "approved_by_network", "reason": refusal}
    outcome |= {
        "risk_level": "normal",
        "seller_message": refusal or "Payment complete.",
        "type": "issuer_declined" if refusal else "authorized",
    }
    charge = world.new(
        "charge", "ch", owner=intent, amount=intent["amount"], amount_captured=intent["amount"] if paid else 0,
        amount_refunded=0, currency=intent["currency"], customer=intent["customer"], captured=paid, paid=paid,
        disputed=False, refunded=False, status=status, payment_intent=intent["id"], payment_method=method["id"],
        payment_method_details={"type": kind, kind: method[kind]}, billing_details=method["billing_details"],
        outcome=outcome, metadata=dict(intent["metadata"]), description=intent["description"],
        failure_code=refusal and "card_declined", failure_message=refusal and "Your card was declined.",
        fraud_details={},
        balance_transaction=new_id("txn") if paid else None,
    )  # fmt: skip
    charge["receipt_url"] = f"{world.base_url}/receipts/{charge['id']}" if paid else None
    return charge


def _confirm_or_refuse(world: World, intent: Item, method: Item | None, *, on_session: bool) -> Item:
    if method is None:
        raise invalid(
            "You must provide a payment method to confirm this.", param="payment_method", code="parameter_missing"
        )
    if take_payment(world, intent, method, on_session=on_session) == "requires_payment_method":
        error = intent["last_payment_error"]
        code = error.get("decline_code") or "generic_decline"
        raise declined(code, charge=intent["latest_charge"], payment_intent=intent)
    return intent


def _chosen_method(world: World, params: Item, customer: Item | None) -> Item | None:
    if params.get("payment_method"):
        return find_payment_method(world, params["payment_method"], customer=customer)
    return default_method(world, customer) if customer and params.get("confirm") else None


def _require(intent: Item, allowed: set[str]) -> None:
    if intent["status"] not in allowed:
        message = f"This PaymentIntent's status is {intent['status']}, which does not allow that."
        raise invalid(message, code="payment_intent_unexpected_state")
