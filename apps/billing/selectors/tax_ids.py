"""Kinds of tax numbers, in words."""

from functools import lru_cache

from apps.billing.gateways import TAX_ID_TYPES
from apps.core.countries import name_country

# Where Stripe's first part is no country.
_REGIONS = {"eu": "European Union", "ic": "Canary Islands"}


@lru_cache
def list_tax_id_types() -> list[tuple[str, str]]:
    """Every kind that Stripe takes with its name, by name: `("ae_trn", "United Arab Emirates: TRN")`."""
    return sorted(((code, _name(code)) for code in TAX_ID_TYPES), key=lambda one: one[1])


def _name(code: str) -> str:
    where, _, kind = code.partition("_")
    return f"{_REGIONS.get(where) or name_country(where.upper())}: {kind.upper().replace('_', ' ')}"
