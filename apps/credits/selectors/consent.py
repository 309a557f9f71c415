"""What a paid act would take, in the words with which a page asks for consent."""

from typing import Any

from apps.credits.models import CREDITS
from apps.teams.models import Membership

from .allowances import get_allowances
from .balances import get_balance
from .pricing import get_pricing
from .quoting import get_offer
from .refusals import describe_refusal
from .words import count_units, name_units

_ORIGINS = {
    "allowance": "Included in your plan",
    "free": "Free this period",
    "bought": "Bought before",
    "credits": "From your credits",
}


def describe_consent(*, action: str, units: int = 1, membership: Membership) -> dict[str, Any]:
    """The quote of an act in plain words. Writes nothing.

    `{quote, sentence, price, pay, lines: [{label, text, before, after}], refusal}`: `sentence` says what the act uses,
    `price` is short ("25 credits"), `pay` completes a button ("with 1 profile analysis"), `lines` tell for each source
    what is there before and after; `refusal` is None where the act is allowed (see `describe_refusal`).
    """
    found = get_offer(action=action, units=units, member=membership.user)
    refusal = found.find_refusal()
    offer = found.as_quote()
    is_free = not get_pricing(action)["your_cost"]
    draws = [] if is_free else offer["draws"]
    lines = [_describe_line(draw, action) for draw in draws]
    return {
        "quote": offer,
        "sentence": _sentence(offer, lines, action),
        "price": _price(offer, action),
        "pay": _pay(offer, action),
        "lines": lines,
        "refusal": describe_refusal(refusal, action=action, membership=membership) if refusal else None,
    }


def _describe_line(draw: dict[str, Any], action: str) -> dict[str, Any]:
    in_credits = draw["source"] == "credits"
    taken = draw["credits"] if in_credits else draw["units"]
    unit = CREDITS if in_credits else action
    left = _count_left(draw["source"], action)
    return {
        "source": draw["source"],
        "label": _ORIGINS[draw["source"]],
        "text": count_units(unit, taken),
        "taken": taken,
        "unit": unit,
        "before": left,
        "after": max(0, left - taken),
    }


def _count_left(source: str, action: str) -> int:
    if source == "credits":
        available: int = get_balance()["available"]
        return available
    row = next(row for row in get_allowances()["results"] if row["action"] == action)
    left: int = row["bought"] if source == "bought" else row[source]["remaining"]
    return left


def _sentence(offer: dict[str, Any], lines: list[dict[str, Any]], action: str) -> str:
    """ "This uses 1 of 498 profile analyses.", "This costs 25 credits; 1,240 are left." """
    if not lines:
        return f"This costs {count_units(CREDITS, offer['credits'])}." if offer["credits"] else "This is free for you."
    parts = [_part(line) for line in lines if line["source"] != "credits"]
    credits_line = next((line for line in lines if line["source"] == "credits"), None)
    used = f"This uses {' and '.join(parts)}" if parts else ""
    if credits_line is None:
        return f"{used}."
    cost = count_units(CREDITS, credits_line["taken"])
    left = f"{credits_line['after']:,} are left"
    return f"{used} and costs {cost}; {left}." if used else f"This costs {cost}; {left}."


def _part(line: dict[str, Any]) -> str:
    kind = {"allowance": "", "free": "free ", "bought": "bought "}[line["source"]]
    return f"{line['taken']:,} of {line['before']:,} {kind}{name_units(line['unit'], line['before'])}"


def _price(offer: dict[str, Any], action: str) -> str:
    if offer["credits"]:
        return count_units(CREDITS, offer["credits"])
    return f"{count_units(action, offer['units'])}, no credits"


def _pay(offer: dict[str, Any], action: str) -> str:
    if offer["credits"]:
        return f"for {count_units(CREDITS, offer['credits'])}"
    return f"with {count_units(action, offer['units'])}"
