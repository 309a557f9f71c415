"""The cards one can pay with, and what becomes of each: `first` at the counter, `later` when charged by itself."""

from dataclasses import dataclass

from .errors import invalid
from .world import Item, World


@dataclass(frozen=True)
class Card:
    """`first` and `later` are decline codes, None for success. `settles` is how a bank debit ends after a while."""

    label: str
    hint: str
    last4: str
    brand: str = "visa"
    first: str | None = None
    later: str | None = None
    settles: bool | None = None


CARDS = {
    "good": Card("A good card", "Pays now and on every renewal.", "4242"),
    "declined": Card("A card that is declined", "The bank says no.", "0002", first="generic_decline",
        later="generic_decline"),
    "renewal": Card(
        "Good now, declined on renewal", "Pays now; the bank says no from the next charge on.", "0341", "mastercard",
        later="insufficient_funds",
    ),
    "debit": Card("Bank debit that arrives", "Accepted now, paid some seconds later.", "6789", "bank", settles=True),
    "debit_fails": Card("Bank debit that fails", "Accepted now, refused some seconds later.", "2227", "bank",
        settles=False),
}  # fmt: skip
# As the SDK's users name them in tests.
TOKENS = {
    "pm_card_visa": "good",
    "pm_card_mastercard": "good",
    "pm_card_chargeDeclined": "declined",
    "pm_card_visa_chargeDeclined": "declined",
    "pm_card_chargeCustomerFail": "renewal",
}
NUMBERS = {"4242424242424242": "good", "4000000000000002": "declined", "4000000000000341": "renewal"}


def card_of(method: Item) -> Card:
    return CARDS[method["_card"]]


def new_payment_method(world: World, name: str, *, customer: Item | None = None) -> Item:
    """A payment method with one of our cards, attached to `customer` if given."""
    card = CARDS[name]
    kind = "card" if card.settles is None else "us_bank_account"
    details: Item = {"last4": card.last4, "fingerprint": f"fp{card.last4}"}
    if kind == "card":
        details |= {
            "brand": card.brand,
            "display_brand": card.brand,
            "exp_month": 12,
            "exp_year": 2040,
            "funding": "credit",
        }
        details |= {"country": "US", "checks": None, "wallet": None, "networks": None, "three_d_secure_usage": None}
    else:
        details |= {"bank_name": "TEST BANK", "account_type": "checking", "account_holder_type": "company"}
    method = world.new(
        "payment_method", "pm", owner=customer, type=kind, allow_redisplay="unspecified", _card=name,
        billing_details={"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
        **{kind: details},
    )  # fmt: skip
    if customer:
        attach(world, method, customer)
    return method


def attach(world: World, method: Item, customer: Item) -> Item:
    method["customer"] = customer["id"]
    world.emit("payment_method.attached", method)
    return method


def find_payment_method(world: World, id_: str, *, param: str = "payment_method", customer: Item | None = None) -> Item:
    """By id or by one of Stripe's names for tests, which make a new one."""
    if id_ in TOKENS:
        return new_payment_method(world, TOKENS[id_], customer=customer)
    method = world.get("payment_method", id_, param=param)
    if customer and method["customer"] != customer["id"]:
        message = f"The customer does not have a payment method with the ID {id_}."
        raise invalid(message, param=param, code="payment_method_customer_mismatch")
    return method
