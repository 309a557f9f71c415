"""Disputes: the bank takes the money back, and perhaps returns it."""

from .clock import DAY
from .customers import merge_metadata
from .errors import invalid
from .paging import page
from .routing import route
from .world import Item, World, new_id


@route("GET", "/v1/disputes/{id}", "DisputeRetrieveParams")
def retrieve_dispute(world: World, _params: Item, id_: str) -> Item:
    return world.get("dispute", id_)


@route("GET", "/v1/disputes", "DisputeListParams")
def list_disputes(world: World, params: Item) -> Item:
    wanted = {"charge": params.get("charge"), "payment_intent": params.get("payment_intent")}
    return page(world.every("dispute"), params, "/v1/disputes", **wanted)


@route("POST", "/v1/disputes/{id}", "DisputeUpdateParams")
def update_dispute(world: World, params: Item, id_: str) -> Item:
    dispute = world.get("dispute", id_)
    fields: Item = {}
    if "metadata" in params:
        fields["metadata"] = merge_metadata(dispute["metadata"], params["metadata"])
    if params.get("submit"):
        fields["status"] = "under_review"
    return world.change(dispute, "charge.dispute.updated", **fields)


@route("POST", "/v1/disputes/{id}/close", "DisputeCloseParams")
def accept_dispute(world: World, _params: Item, id_: str) -> Item:
    return close_dispute(world, world.get("dispute", id_), won=False)


def open_dispute(world: World, charge: Item, *, reason: str = "fraudulent") -> Item:
    """A customer disputes a charge: its whole amount (and no fee, in this fake) is withdrawn."""
    if charge["disputed"] or not charge["paid"]:
        raise invalid("Only a paid charge that is not disputed yet can be disputed.", param="charge")
    amount = charge["amount"] - charge["amount_refunded"]
    details = {"due_by": world.now(charge) + 7 * DAY, "has_evidence": False, "past_due": False, "submission_count": 0}
    dispute = world.new(
        "dispute", "du", owner=charge, charge=charge["id"], payment_intent=charge["payment_intent"], amount=amount,
        currency=charge["currency"], reason=reason, status="needs_response", evidence={}, is_charge_refundable=False,
        evidence_details={**details, "enhanced_eligibility": {}, "submission_method": None},
        enhanced_eligibility_types=[],
        balance_transactions=[_transaction(charge, -amount)],
    )  # fmt: skip
    world.change(charge, "charge.updated", disputed=True)
    world.emit("charge.dispute.created", dispute)
    world.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(world: World, dispute: Item, *, won: bool) -> Item:
    """The bank decided; won: the money comes back."""
    if dispute["status"] in {"won", "lost"}:
        raise invalid("This dispute is already closed.")
    if won:
        charge = world.items[dispute["charge"]]
        dispute["balance_transactions"] = [*dispute["balance_transactions"], _transaction(charge, dispute["amount"])]
        world.change(dispute, status="won")
        world.emit("charge.dispute.funds_reinstated", dispute)
    else:
        world.change(dispute, status="lost")
    world.emit("charge.dispute.closed", dispute)
    return dispute


def _transaction(charge: Item, amount: int) -> Item:
    return {
        "id": new_id("txn"), "object": "balance_transaction", "amount": amount, "currency": charge["currency"],
        "fee": 0,
        "net": amount, "type": "adjustment", "reporting_category": "dispute", "source": charge["id"],
        "status": "available",
    }  # fmt: skip
