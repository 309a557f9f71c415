"""What a unit of each paid act is called in a sentence."""

from apps.credits.models import CREDITS

from .pricing import get_labels

# One and many. An act that is not named here is called by its label in the price list.
_UNITS = {
    "influencer_unlock": ("profile analysis", "profile analyses"),
    "post_analytics": ("post analysis", "post analyses"),
    "email_unlock": ("e-mail unlock", "e-mail unlocks"),
    "discovery_pagination": ("further search page", "further search pages"),
    "advanced_search": ("advanced search", "advanced searches"),
    "bulk_export": ("bulk export", "bulk exports"),
    CREDITS: ("credit", "credits"),
}


def name_units(unit: str, count: int) -> str:
    """ "profile analyses": the unit without its number, in the form that the number asks for."""
    if unit in _UNITS:
        return _UNITS[unit][count != 1]
    label = get_labels().get(unit, unit.replace("_", " ")).lower()
    return label if count == 1 else f"units of {label}"


def count_units(unit: str, count: int) -> str:
    """ "1 profile analysis", "1,240 credits"."""
    return f"{count:,} {name_units(unit, count)}"
