"""The contact addresses of a creator as those see them who bought them."""

from typing import Any

from apps.profiles.models import Profile
from apps.profiles.selectors import list_contacts


def show_contacts(profile: Profile) -> dict[str, Any]:
    """`{username, emails, phone, biography, as_of}`, nothing masked: for teams that bought it alone."""
    return {
        "username": profile.username,
        "emails": list_contacts(profile),
        "phone": profile.business_phone,
        "biography": profile.biography,
        "as_of": profile.refreshed_at.isoformat() if profile.refreshed_at else None,
    }
