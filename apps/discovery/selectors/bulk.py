"""Many handles at once."""

from typing import Any

from apps.accounts.models import User
from apps.credits.selectors import quote
from apps.discovery.selectors.doors import ACTION
from apps.discovery.selectors.entitlements import list_unlocked_ids
from apps.profiles.errors import InvalidUsername
from apps.profiles.models import Profile
from apps.profiles.selectors import get_preview, list_profiles, normalise_username


def quote_profiles(texts: list[str], *, member: User) -> dict[str, Any]:
    """What unlocking these creators would cost: `{results: [{username, state, preview}], quote}`.

    States: `unlocked` (free), `locked`, `unknown` (not seen yet, counted in the quote), `private` and `invalid` (not
    counted). Each handle counts once. The quote is null when nothing is to be bought. Four queries.
    """
    rows: dict[str, str] = {}
    for text in texts:
        try:
            rows.setdefault(normalise_username(text), "unknown")
        except InvalidUsername:
            rows.setdefault(text, "invalid")
    known = list_profiles([name for name, state in rows.items() if state != "invalid"])
    unlocked = list_unlocked_ids([profile.pk for profile in known.values()])
    results = [_describe(name, state, known.get(name), unlocked) for name, state in rows.items()]
    units = sum(result["state"] in {"locked", "unknown"} for result in results)
    return {"results": results, "quote": quote(action=ACTION, units=units, member=member) if units else None}


def _describe(name: str, state: str, profile: Profile | None, unlocked: set[int]) -> dict[str, Any]:
    if profile is None:
        return {"username": name, "state": state, "preview": None}
    locked = "private" if profile.is_private else "locked"
    state = "unlocked" if profile.pk in unlocked else locked
    return {"username": name, "state": state, "preview": get_preview(profile)}
