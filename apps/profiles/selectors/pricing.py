"""The rates of the day, and a creator beside them."""

from apps.profiles.metrics import PricingFacts, Rates, read_rates
from apps.profiles.models import Profile, RateTable

from .facts import get_facts


def get_rate_table() -> RateTable:
    """The newest published table; there is always one (the first comes with a migration). One query."""
    return RateTable.objects.order_by("-version")[:1].get()


def get_rates() -> Rates:
    """The newest published table as formulas read it."""
    table = get_rate_table()
    return read_rates(table.rates, version=table.version, published_at=table.published_at)


def get_pricing_facts(profile: Profile) -> PricingFacts:
    """What price estimates are worked out from."""
    return PricingFacts(profile=get_facts(profile, with_peers=False), rates=get_rates())
