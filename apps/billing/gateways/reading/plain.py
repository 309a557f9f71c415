"""Values that several objects have."""

from datetime import UTC, datetime
from typing import Any

_ADDRESS = ("line1", "line2", "city", "state", "postal_code", "country")


def as_dict(found: Any) -> dict[str, Any]:
    """A Stripe object as plain dictionaries and lists."""
    plain: dict[str, Any] = found if isinstance(found, dict) else found.to_dict()
    return plain


def read_moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def read_time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)


def read_id(value: Any) -> str:
    """The id of a reference, expanded or not."""
    if not value:
        return ""
    return value if isinstance(value, str) else str(value["id"])


def read_address(found: dict[str, Any] | None) -> dict[str, str]:
    return {key: str(found[key])[:200] for key in _ADDRESS if found.get(key)} if found else {}
