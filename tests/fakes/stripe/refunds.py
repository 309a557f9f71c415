"""Refunds of charges, whole or in part."""

from typing import Any

from .customers import merge_metadata
from .errors import invalid
from .paging import page
from .routing import route
from .world import Item, World, new_id


@route("POST", "/v1/refunds", "RefundCreateParams")
def create_refund(world: World, params: Item) -> Item:
    charge = _charge_of(world, params)
    if charge["refunded"]:
        raise invalid(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if charge["disputed"] and any(one["status"] != "won" for one in world.every("dispute", charge=charge["id"])):
        raise invalid(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    left = charge["amount"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    if amount < 1:
        raise invalid("Invalid positive integer", param="amount", code="parameter_invalid_integer")
    if amount > left:
        message = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        raise invalid(message, param="amount", code="amount_too_large")
    return refund(world, charge, amount, reason=params.get("reason"), metadata=params.get("metadata") or {})


@route("GET", "/v1/refunds/{id}", "RefundRetrieveParams")
def retrieve_refund(world: World, _params: Item, id_: str) -> Item:
    return world.get("refund", id_)


@route("GET", "/v1/refunds", "RefundListParams")
def list_refunds(world: World, params: Item) -> Item:
    wanted = {"charge": params.get("charge"), "payment_intent": params.get("payment_intent")}
    return page(world.every("refund"), params, "/v1/refunds", **wanted)


@route("POST", "/v1/refunds/{id}", "RefundUpdateParams")
def update_refund(world: World, params: Item, id_: str) -> Item:
    item = world.get("refund", id_)
    return world.change(item, "refund.updated", metadata=merge_metadata(item["metadata"], params.get("metadata", {})))


def refund(world: World, charge: Item, amount: int, **fields: Any) -> Item:
    """Money goes back; charge and payment say so."""
    item = world.new(
        "refund", "re", owner=charge, charge=charge["id"], payment_intent=charge["payment_intent"], amount=amount,
        currency=charge["currency"], customer=charge["customer"], status="succeeded",
        payment_method=charge["payment_method"],
        balance_transaction=new_id("txn"),
        destination_details={"type": "card",
            "card": {"type": "refund", "reference_status": "pending", "reference": None, "reference_type": None}},
        **fields,
    )  # fmt: skip
    total = charge["amount_refunded"] + amount
    world.emit("refund.created", item)
    world.change(charge, "charge.refunded", amount_refunded=total, refunded=total == charge["amount"])
    return item


def fail_refund(world: World, item: Item) -> Item:
    """The bank sends the money back: the refund did not happen after all."""
    charge = world.items[item["charge"]]
    item["failure_reason"] = "lost_or_stolen_card"
    world.change(item, status="failed")
    world.change(charge, "charge.updated", amount_refunded=charge["amount_refunded"] - item["amount"], refunded=False)
    world.emit("refund.failed", item)
    world.emit("charge.refund.updated", item)
    return item


def _charge_of(world: World, params: Item) -> Item:
    if "charge" in params:
        charge = world.get("charge", params["charge"], param="charge")
    elif "payment_intent" in params:
        intent = world.get("payment_intent", params["payment_intent"], param="payment_intent")
        if not intent["latest_charge"]:
            message = f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund."
            raise invalid(message, param="payment_intent")
        charge = world.items[intent["latest_charge"]]
    else:
        raise invalid("One of the following params should be provided for this request: payment_intent or charge.")
    if not charge["paid"]:
        raise invalid("This charge was not paid and cannot be refunded.", param="charge")
    return charge
