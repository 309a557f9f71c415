"""Every object carries all attributes that the SDK's class of it declares: an answer never lacks one.

What Stripe leaves out unless `expand` asks for it is left out here too, so that code which forgets to ask breaks here
as it would there.
"""

import importlib
from functools import cache
from typing import Any, Optional, Union, get_args, get_origin

from stripe._object_classes import get_object_class
from stripe._stripe_object import StripeObject

ON_REQUEST: dict[str, set[str]] = {
    "charge": {"refunds"},
    "checkout.session": {"line_items"},
    "customer": {"sources", "subscriptions", "tax_ids", "tax", "cash_balance", "invoice_credit_balance"},
    "invoice": {"payments", "confirmation_secret"},
    "price": {"tiers", "currency_options"},
}
_NEVER = {"deleted", "customer_account", "object"}


@cache
def list_attributes(kind: str) -> dict[str, bool]:
    """The attributes that an object always has, and whether each may be null."""
    cls = find_class(kind)
    hidden = ON_REQUEST.get(kind, set()) | _NEVER
    return {
        name: _may_be_null(hint)
        for name, hint in cls.__annotations__.items()
        if name not in hidden and not name.startswith("_") and name != "OBJECT_NAME"
    }


def find_class(kind: str) -> type[StripeObject]:
    return get_object_class("V1", kind)


def complete(item: dict[str, Any]) -> dict[str, Any]:
    """Add as null what is missing and may be null; take away the usual fields that this kind has not."""
    for name in {"livemode", "metadata"} - set(find_class(item["object"]).__annotations__):
        item.pop(name, None)
    for name, nullable in list_attributes(item["object"]).items():
        if nullable:
            item.setdefault(name, None)
    return item


def _may_be_null(hint: Any) -> bool:
    return hint is Any or (get_origin(hint) in {Union, Optional} and type(None) in get_args(hint))


def load_classes() -> None:
    """Import what `get_object_class` would import at the first use, outside any lock."""
    importlib.import_module("stripe")
