"""Checkout sessions: what is to be paid, and what follows when it is."""

from typing import Any

from .cards import CARDS, new_payment_method
from .catalogue import new_price
from .clock import DAY
from .collecting import collect, link_payment, mark_paid
from .customers import find_customer
from .errors import invalid
from .invoices import draft_invoice, finalize, new_line
from .paging import page
from .payments import new_intent, take_payment
from .routing import route
from .subscriptions import expire_incomplete, new_subscription, refuse_unknown
from .world import Item, World, as_list, new_id, show

_PLAIN = (
    "client_reference_id",
    "cancel_url",
    "success_url",
    "customer_email",
    "locale",
    "allow_promotion_codes",
    "submit_type",
)


@route("POST", "/v1/checkout/sessions", "checkout.SessionCreateParams")
def create_session(world: World, params: Item) -> Item:
    _require_sense(params)
    mode = params["mode"]
    customer = find_customer(world, params["customer"], param="customer") if params.get("customer") else None
    lines = [_read_line(world, one, mode, index) for index, one in enumerate(params["line_items"])]
    total = sum(one["amount_total"] for one in lines)
    id_ = new_id("cs_test")
    now = world.now(customer)
    collects = {"enabled": False, "required": "never", **params.get("tax_id_collection", {})}
    session = world.new(
        "checkout.session", "cs_test", id=id_, owner=customer, mode=mode, status="open", payment_status="unpaid",
        customer=customer and customer["id"], currency=lines[0]["currency"], amount_subtotal=total, amount_total=total,
        metadata=params.get("metadata") or {}, expires_at=params.get("expires_at", now + DAY), custom_fields=[],
        url=f"{world.base_url}/pay/{id_}", ui_mode="hosted_page", payment_method_types=["card"], shipping_options=[],
        automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
        custom_text={"after_submit": None, "shipping_address": None, "submit": None,
            "terms_of_service_acceptance": None},
        customer_creation=None if customer or mode == "subscription" else params.get("customer_creation",
            "if_required"),
        billing_address_collection=params.get("billing_address_collection"), tax_id_collection=collects,
        payment_method_collection="always" if mode == "subscription" else "if_required", payment_method_options={},
        invoice_creation=_invoice_creation(params) if mode == "payment" else None,
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        customer_details=_details_of(world, customer, {}) if customer else None, discounts=[],
        **{name: params.get(name) for name in _PLAIN}, _line_items=lines, _items=params["line_items"], _intent=None,
        _subscription_data=params.get("subscription_data", {}), _intent_data=params.get("payment_intent_data", {}),
        _customer_update=params.get("customer_update", {}), _settles_at=None,
    )  # fmt: skip
    if mode == "subscription":
        refuse_unknown(session["_subscription_data"])
    return session


@route("GET", "/v1/checkout/sessions/{id}", "checkout.SessionRetrieveParams")
def retrieve_session(world: World, _params: Item, id_: str) -> Item:
    return world.get("checkout.session", id_)


@route("GET", "/v1/checkout/sessions", "checkout.SessionListParams")
def list_sessions(world: World, params: Item) -> Item:
    wanted = {name: params.get(name) for name in ("customer", "payment_intent", "subscription", "status")}
    return page(world.every("checkout.session"), params, "/v1/checkout/sessions", **wanted)


@route("GET", "/v1/checkout/sessions/{id}/line_items", "checkout.SessionLineItemListParams")
def list_session_items(world: World, params: Item, id_: str) -> Item:
    lines = world.get("checkout.session", id_)["_line_items"]
    return {
        **as_list(lines[: params.get("limit", 10)], f"/v1/checkout/sessions/{id_}/line_items"),
        "has_more": len(lines) > params.get("limit", 10),
    }


@route("POST", "/v1/checkout/sessions/{id}/expire", "checkout.SessionExpireParams")
def expire_session_now(world: World, _params: Item, id_: str) -> Item:
    session = world.get("checkout.session", id_)
    if session["status"] != "open":
        message = 'Only Checkout Sessions with a status in ["open"] can be expired.'
        message += f" This Checkout Session has a status of `{session['status']}`."
        raise invalid(message)
    return expire_session(world, session)


def expire_session(world: World, session: Item) -> Item:
    session["url"] = None
    world.change(session, status="expired")
    world.emit("checkout.session.expired", session)
    return session


def pay_session(world: World, session: Item, card: str, details: Item) -> bool:
    """The customer presses "Pay". False when the bank says no: the session stays open for another try.

    `details` may hold name, email, address, and a tax number as type and value.
    """
    if session["status"] != "open":
        raise invalid("This Checkout Session is no longer open.")
    if session["mode"] == "subscription" and CARDS[card].settles is not None:
        raise invalid("Bank debits are for single payments in this fake.")
    customer = _customer_for(world, session, details)
    _remember_details(world, session, customer, details)
    method = new_payment_method(world, card, customer=customer)
    pay = _pay_subscription if session["mode"] == "subscription" else _pay_once
    return pay(world, session, customer, method)


def settle_session(world: World, intent: Item, *, arrived: bool) -> None:
    """A bank debit ended."""
    session = world.items[intent["_session"]]
    if arrived:
        _finish_payment(world, session, intent)
    world.emit(f"checkout.session.async_payment_{'succeeded' if arrived else 'failed'}", session)


def _pay_subscription(world: World, session: Item, customer: Item | None, method: Item) -> bool:
    if customer is None:
        raise invalid("A subscription needs a customer.")
    data = session["_subscription_data"]
    given = [
        {name: one[name] for name in ("price", "price_data", "quantity") if name in one} for one in session["_items"]
    ]
    fields = {"description": data["description"]} if "description" in data else {}
    subscription = new_subscription(world, customer, given, metadata=data.get("metadata") or {}, **fields)
    subscription["default_payment_method"] = method["id"]
    invoice = world.items[subscription["latest_invoice"]]
    if not collect(world, invoice, method=method, on_session=True):
        expire_incomplete(world, subscription)
        return False
    _complete(world, session, payment_status="paid", subscription=subscription["id"], invoice=invoice["id"])
    return True


def _pay_once(world: World, session: Item, customer: Item | None, method: Item) -> bool:
    data = session["_intent_data"]
    intent = world.items.get(session["_intent"] or "")
    if intent is None:
        intent = new_intent(
            world, customer=customer, amount=session["amount_total"], currency=session["currency"],
            description=data.get("description"), metadata=data.get("metadata") or {},
            setup_future_usage=data.get("setup_future_usage"),
        )  # fmt: skip
        intent["_session"] = session["id"]
        session["_intent"] = intent["id"]
    status = take_payment(world, intent, method, on_session=True)
    if status == "requires_payment_method":
        return False
    if status == "succeeded":
        _finish_payment(world, session, intent)
    _complete(world, session, payment_status=session["payment_status"], payment_intent=intent["id"])
    return True


def _finish_payment(world: World, session: Item, intent: Item) -> None:
    world.change(session, payment_status="paid")
    if not session["invoice_creation"]["enabled"]:
        return
    customer = world.items[session["customer"]]
    now = world.now(session)
    lines = [
        new_line(
            one["price"],
            amount=one["amount_total"],
            quantity=one["quantity"],
            description=one["description"],
            period=(now, now),
        )
        for one in session["_line_items"]
    ]
    metadata = session["invoice_creation"]["invoice_data"]["metadata"] or {}
    invoice = draft_invoice(world, customer, lines, reason="manual", metadata=metadata)
    finalize(world, invoice)
    intent["_invoice_paid"] = invoice["id"]
    link_payment(world, invoice, intent)
    mark_paid(world, invoice)
    session["invoice"] = invoice["id"]


def _complete(world: World, session: Item, **fields: Any) -> None:
    session["url"] = None
    world.change(session, status="complete", **fields)
    world.emit("checkout.session.completed", session)


def _customer_for(world: World, session: Item, details: Item) -> Item | None:
    """The given customer; a new one where the session's kind makes one."""
    from .customers import create_customer

    if session["customer"]:
        return world.items[session["customer"]]
    wanted = session["mode"] == "subscription" or session["customer_creation"] == "always"
    wanted = wanted or (session["invoice_creation"] or {}).get("enabled", False)
    if not wanted:
        return None
    fields = {"email": details.get("email") or session["customer_email"] or "", "name": details.get("name", "")}
    customer = create_customer(world, fields)
    session["customer"] = customer["id"]
    return customer


def _remember_details(world: World, session: Item, customer: Item | None, details: Item) -> None:
    """What was typed goes onto the session, and onto the customer as far as `customer_update` allows."""
    from .customers import new_tax_id, read_fields

    allowed = {name for name, value in session["_customer_update"].items() if value == "auto"}
    if customer:
        given = {name: details[name] for name in ("name", "address") if details.get(name) and name in allowed}
        world.change(customer, "customer.updated", **read_fields(world, customer, given))
        number = details.get("tax_id")
        known = {one["value"] for one in world.every("tax_id", customer=customer["id"])}
        if number and session["tax_id_collection"]["enabled"] and number["value"] not in known:
            new_tax_id(world, customer, kind=number["type"], value=number["value"])
    session["customer_details"] = _details_of(world, customer, details)


def _details_of(world: World, customer: Item | None, details: Item) -> Item:
    of = customer or {}
    numbers = [
        show({"type": one["type"], "value": one["value"]}) for one in world.every("tax_id", customer=of.get("id", "-"))
    ]
    return {
        "address": details.get("address") or of.get("address"), "business_name": None, "individual_name": None,
        "email": details.get("email") or of.get("email"), "name": details.get("name") or of.get("name"),
        "phone": of.get("phone"), "tax_exempt": of.get("tax_exempt", "none"), "tax_ids": numbers,
    }  # fmt: skip


def _read_line(world: World, given: Item, mode: str, index: int) -> Item:
    param = f"line_items[{index}]"
    if "price_data" in given:
        price = new_price(world, given["price_data"], inline=True)
    elif "price" in given:
        price = world.get("price", given["price"], param=f"{param}[price]")
    else:
        raise invalid(f"Missing required param: {param}[price].", param=f"{param}[price]", code="parameter_missing")
    if "quantity" not in given:
        raise invalid(
            f"Missing required param: {param}[quantity].", param=f"{param}[quantity]", code="parameter_missing"
        )
    if mode == "subscription" and not price["recurring"]:
        raise invalid(
            "You must provide at least one recurring price in `subscription` mode when using prices.",
            param="line_items",
        )
    if mode == "payment" and price["recurring"]:
        raise invalid(
            "You specified `payment` mode but passed a recurring price.",
            param=f"{param}[price]",
        )
    amount = price["unit_amount"] * given["quantity"]
    return {
        "id": new_id("li"), "object": "item", "adjustable_quantity": None, "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0, "amount_total": amount, "currency": price["currency"], "discounts": [], "metadata": {},
        "description": world.items[price["product"]]["name"], "price": show(price), "quantity": given["quantity"],
        "taxes": [],
    }  # fmt: skip


def _invoice_creation(params: Item) -> Item:
    given = params.get("invoice_creation", {})
    data = {
        "account_tax_ids": None,
        "custom_fields": None,
        "description": None,
        "footer": None,
        "issuer": None,
        "metadata": None,
    }
    return {
        "enabled": given.get("enabled", False),
        "invoice_data": {**data, "rendering_options": None, **given.get("invoice_data", {})},
    }


def _require_sense(params: Item) -> None:
    mode = params.get("mode")
    if mode not in {"payment", "subscription"}:
        raise invalid(
            "The fake knows the modes payment and subscription." if mode else "Missing required param: mode.",
            param="mode",
        )
    if not params.get("line_items"):
        raise invalid("Missing required param: line_items.", param="line_items", code="parameter_missing")
    if not params.get("success_url"):
        raise invalid("Missing required param: success_url.", param="success_url", code="parameter_missing")
    for name, needed in (
        ("subscription_data", "subscription"),
        ("payment_intent_data", "payment"),
        ("invoice_creation", "payment"),
    ):
        if name in params and mode != needed:
            raise invalid(f"You can not pass `{name}` in `{mode}` mode.", param=name)
    if params.get("customer") and params.get("customer_email"):
        raise invalid("You may only specify one of these parameters: customer, customer_email.", param="customer")
    _require_update(params)


def _require_update(params: Item) -> None:
    update = params.get("customer_update", {})
    if update and not params.get("customer"):
        raise invalid("`customer_update` can only be used with `customer`.", param="customer_update")
    if params.get("tax_id_collection", {}).get("enabled") and params.get("customer") and update.get("name") != "auto":
        message = "Tax ID collection requires updating business name on the customer. "
        message += "To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`."
        raise invalid(message, param="customer_update[name]")
