"""The kinds of tax numbers that Stripe takes, as its own SDK lists them."""

from typing import get_args

from stripe.params import CustomerCreateTaxIdParams

_KIND = CustomerCreateTaxIdParams.__annotations__["type"]
TAX_ID_TYPES: tuple[str, ...] = tuple(code for part in get_args(_KIND) for code in get_args(part))
