"""The contact addresses of a creator: what is sold by `email_unlock` and masked everywhere else."""

from collections.abc import Iterator
from typing import Any

from apps.profiles.models import Profile
from apps.profiles.normalise.addresses import find_addresses


def list_contacts(profile: Profile) -> list[dict[str, Any]]:
    """`[{address, found_in}]`: each address once, where it was found first named first.

    `found_in` lists `business` (the account's own field), `biography`, `link` and `name`. No query.
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
