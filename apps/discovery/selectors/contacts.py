"""The contact addresses of a creator: what is sold by `email_unlock` and masked everywhere else."""

from collections.abc import Iterator
from typing import Any

from apps.discovery.selectors.masking import find_addresses
from apps.profiles.models import Profile


def list_contacts(profile: Profile) -> list[dict[str, Any]]:
    """`[{address, found_in}]`: each address once, where it was found first named first.

    `found_in` lists `business` (the account's own field), `biography`, `link` and `name`.
    """
    found: dict[str, list[str]] = {}
    for address, place in _walk(profile):
        places = found.setdefault(address, [])
        if place not in places:
            places.append(place)
    return [{"address": address, "found_in": places} for address, places in found.items()]


def _walk(profile: Profile) -> Iterator[tuple[str, str]]:
    if profile.business_email:
        yield profile.business_email.strip().lower(), "business"
    texts = [("biography", profile.biography), ("biography", profile.biography_email), ("name", profile.full_name)]
    texts += [("link", profile.external_url), *(("link", text) for link in profile.links for text in _words(link))]
    for place, text in texts:
        for address in find_addresses(text):
            yield address, place


def _words(link: Any) -> list[str]:
    values = link.values() if isinstance(link, dict) else [link]
    return [value for value in values if isinstance(value, str)]


def show_contacts(profile: Profile) -> dict[str, Any]:
    """`{username, emails, phone, biography, as_of}`, nothing masked: for teams that bought it alone."""
    return {
        "username": profile.username,
        "emails": list_contacts(profile),
        "phone": profile.business_phone,
        "biography": profile.biography,
        "as_of": profile.refreshed_at.isoformat() if profile.refreshed_at else None,
    }
