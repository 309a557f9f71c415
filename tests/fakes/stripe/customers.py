"""Customers, their tax numbers and their cards."""

import re
from typing import Any

from .cards import NUMBERS, TOKENS, attach, find_payment_method, new_payment_method
from .errors import invalid, missing
from .paging import page
from .routing import route
from .world import Item, World

_PLAIN = (
    "description",
    "email",
    "name",
    "phone",
    "preferred_locales",
    "tax_exempt",
    "business_name",
    "individual_name",
)
_ADDRESS = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}


# What Stripe says of its examples' form, for the kinds that the tests and the demo use.
_TAX_FORMS = {
    "ae_trn": r"\d{15}", "ch_vat": r"CHE-?[\d.]{9,12} ?(MWST|TVA|IVA)", "eu_vat": r"[A-Z]{2}[0-9A-Z]{2,12}",
    "gb_vat": r"(GB|XI)?(\d{9}|\d{12})", "in_gst": r"[0-9A-Z]{15}", "sa_vat": r"\d{15}", "us_ein": r"\d{2}-\d{7}",
}  # fmt: skip


@route("POST", "/v1/customers", "CustomerCreateParams")
def create_customer(world: World, params: Item) -> Item:
    if params.get("test_clock"):
        world.get("test_helpers.test_clock", params["test_clock"], param="test_clock")
    customer = world.new(
        "customer", "cus", test_clock=params.get("test_clock"), balance=0, delinquent=False, next_invoice_sequence=1,
        invoice_settings={"custom_fields": None, "default_payment_method": None, "footer": None,
            "rendering_options": None},
        preferred_locales=[], tax_exempt="none", metadata={},
    )  # fmt: skip
    customer["invoice_prefix"] = customer["id"][4:12].upper()
    customer["created"] = world.now(customer)
    customer.update(read_fields(world, customer, params))
    if params.get("payment_method"):
        attach(world, find_payment_method(world, params["payment_method"]), customer)
    for one in params.get("tax_id_data", []):
        check_tax_id(one["type"], one["value"])
        new_tax_id(world, customer, kind=one["type"], value=one["value"])
    world.emit("customer.created", customer)
    return customer


@route("GET", "/v1/customers/{id}", "CustomerRetrieveParams")
def retrieve_customer(world: World, _params: Item, id_: str) -> Item:
    customer = world.items.get(id_)
    if customer and customer["object"] == "customer" and customer.get("_deleted"):
        return _tombstone(id_)
    return find_customer(world, id_, param="id")


@route("POST", "/v1/customers/{id}", "CustomerUpdateParams")
def update_customer(world: World, params: Item, id_: str) -> Item:
    customer = find_customer(world, id_, param="id")
    return world.change(customer, "customer.updated", **read_fields(world, customer, params))


@route("DELETE", "/v1/customers/{id}", "CustomerDeleteParams")
def delete_customer(world: World, _params: Item, id_: str) -> Item:
    from .subscriptions import end_subscription

    customer = find_customer(world, id_, param="id")
    for one in world.every("subscription", customer=id_):
        if one["status"] not in {"canceled", "incomplete_expired"}:
            end_subscription(world, one, reason="cancellation_requested")
    customer["_deleted"] = True
    world.emit("customer.deleted", customer)
    return _tombstone(id_)


@route("GET", "/v1/customers", "CustomerListParams")
def list_customers(world: World, params: Item) -> Item:
    found = (one for one in world.every("customer") if not one.get("_deleted"))
    return page(found, params, "/v1/customers", email=params.get("email"), test_clock=params.get("test_clock"))


@route("POST", "/v1/customers/{id}/tax_ids", "CustomerTaxIdCreateParams")
def create_tax_id(world: World, params: Item, id_: str) -> Item:
    check_tax_id(params["type"], params["value"])
    return new_tax_id(world, find_customer(world, id_), kind=params["type"], value=params["value"])


@route("GET", "/v1/customers/{id}/tax_ids", "CustomerTaxIdListParams")
def list_tax_ids(world: World, params: Item, id_: str) -> Item:
    return page(world.every("tax_id", customer=find_customer(world, id_)["id"]), params, f"/v1/customers/{id_}/tax_ids")


@route("DELETE", "/v1/customers/{id}/tax_ids/{tax_id}", "CustomerTaxIdDeleteParams")
def delete_tax_id(world: World, _params: Item, id_: str, tax_id: str) -> Item:
    item = world.get("tax_id", tax_id)
    if item["customer"] != id_:
        raise missing("tax_id", tax_id)
    world.forget(item)
    world.emit("customer.tax_id.deleted", item)
    return {"id": tax_id, "object": "tax_id", "deleted": True}


@route("GET", "/v1/customers/{id}/payment_methods", "CustomerPaymentMethodListParams")
def list_customer_methods(world: World, params: Item, id_: str) -> Item:
    find_customer(world, id_)
    return page(world.every("payment_method", customer=id_), params, "/v1/payment_methods", type=params.get("type"))


@route("GET", "/v1/payment_methods", "PaymentMethodListParams")
def list_payment_methods(world: World, params: Item) -> Item:
    wanted = {"type": params.get("type"), "customer": params.get("customer")}
    return page(world.every("payment_method"), params, "/v1/payment_methods", **wanted)


@route("GET", "/v1/payment_methods/{id}", "PaymentMethodRetrieveParams")
def retrieve_payment_method(world: World, _params: Item, id_: str) -> Item:
    return world.get("payment_method", id_)


@route("POST", "/v1/payment_methods", "PaymentMethodCreateParams")
def create_payment_method(world: World, params: Item) -> Item:
    number = params.get("card", {}).get("number", "")
    if number not in NUMBERS:
        raise invalid(
            "The fake knows these cards only: " + ", ".join(NUMBERS), param="card[number]", code="incorrect_number"
        )
    return new_payment_method(world, NUMBERS[number])


@route("POST", "/v1/payment_methods/{id}/attach", "PaymentMethodAttachParams")
def attach_payment_method(world: World, params: Item, id_: str) -> Item:
    customer = find_customer(world, params["customer"], param="customer")
    if id_ in TOKENS:
        return new_payment_method(world, TOKENS[id_], customer=customer)
    return attach(world, world.get("payment_method", id_), customer)


@route("POST", "/v1/payment_methods/{id}/detach", "PaymentMethodDetachParams")
def detach_payment_method(world: World, _params: Item, id_: str) -> Item:
    method = world.get("payment_method", id_)
    return world.change(method, "payment_method.detached", customer=None)


def find_customer(world: World, id_: str, *, param: str = "customer") -> Item:
    """A customer that was not deleted."""
    customer = world.get("customer", id_, param=param)
    if customer.get("_deleted"):
        raise missing("customer", id_, param=param)
    return customer


def new_tax_id(world: World, customer: Item, *, kind: str, value: str) -> Item:
    item = world.new(
        "tax_id", "txi", owner=customer, customer=customer["id"], type=kind, value=value, country=value[:2].upper(),
        verification={"status": "pending", "verified_address": None, "verified_name": None},
    )  # fmt: skip
    item["owner"] = {"type": "customer", "customer": customer["id"]}
    world.emit("customer.tax_id.created", item)
    return item


def check_tax_id(kind: str, value: str) -> None:
    """Refuse a number that is none of its kind."""
    if kind in _TAX_FORMS and not re.fullmatch(_TAX_FORMS[kind], value):
        raise invalid(f"Invalid value for {kind}.", param="value", code="tax_id_invalid")


def default_method(world: World, customer: Item, subscription: Item | None = None) -> Item | None:
    """What a charge without a named payment method takes: the subscription's own, else the customer's."""
    chosen = (subscription or {}).get("default_payment_method") or customer["invoice_settings"][
        "default_payment_method"
    ]
    return world.items.get(chosen) if chosen else None


def merge_metadata(former: Item, given: Any) -> Item:
    """Keys are set one by one; an empty value takes a key away, an empty string all of them."""
    if given == "":
        return {}
    return {key: value for key, value in {**former, **given}.items() if value != ""}


def read_fields(world: World, customer: Item, params: Item) -> Item:
    """What of the parameters goes into the customer as it is."""
    fields: Item = {name: params[name] or None for name in _PLAIN if name in params}
    if "address" in params:
        fields["address"] = {**_ADDRESS, **params["address"]} if params["address"] else None
    if "shipping" in params:
        fields["shipping"] = params["shipping"] or None
    if "balance" in params:
        fields["balance"] = params["balance"]
    if "metadata" in params:
        fields["metadata"] = merge_metadata(customer["metadata"], params["metadata"])
    if "default_payment_method" in params.get("invoice_settings", {}):
        chosen = params["invoice_settings"]["default_payment_method"]
        method = (
            find_payment_method(world, chosen, param="invoice_settings[default_payment_method]", customer=customer)
            if chosen
            else None
        )
        fields["invoice_settings"] = {**customer["invoice_settings"], "default_payment_method": method and method["id"]}
    return fields


def _tombstone(id_: str) -> Item:
    return {"id": id_, "object": "customer", "deleted": True}
