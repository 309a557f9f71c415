"""Reading untrusted JSON field by field: a wrong field is refused and named, never guessed, never fatal."""

import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

MAX_COUNT = 10**12
MAX_CAPTION, MAX_BIOGRAPHY, MAX_NAME, MAX_URL = 10_000, 2_000, 200, 4_000
# Instagram opened in October 2010; an older time is a wrong one.
FIRST_POST_AT = datetime(2010, 10, 1, tzinfo=UTC)
_DIGITS = re.compile(r"-?\d{1,18}|-?\d{1,3}(?:,\d{3}){1,4}", re.ASCII)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MISSING = object()
_BITS = (0, 1)


class Reader:
    """Reads one JSON object. `flags` collects the codes of what was refused, each once."""

    def __init__(self, data: Any, flags: dict[str, None] | None = None) -> None:
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self._flags: dict[str, None] = {} if flags is None else flags

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(self._flags)

    def sub(self, data: Any) -> "Reader":
        """A reader of an inner object that reports to the same flags."""
        return Reader(data, self._flags)

    def flag(self, code: str) -> None:
        self._flags[code] = None

    def values(self, *paths: str) -> Iterator[Any]:
        """What stands at each of the dotted `paths`, as far as it is there and not null."""
        for path in paths:
            value = dig(self.data, path)
            if value is not None:
                yield value

    def first(self, *paths: str) -> Any:
        return next(self.values(*paths), None)

    def has(self, *paths: str) -> bool:
        """Is the key there, even if null?"""
        return any(dig(self.data, path, _MISSING) is not _MISSING for path in paths)

    def objects(self, *paths: str) -> list[dict[str, Any]]:
        """The first of `paths` that holds objects: a list of them, or of GraphQL edges around them."""
        for value in self.values(*paths):
            found = unwrap(value)
            if found:
                return found
        return []

    def count(self, name: str, *paths: str, limit: int = MAX_COUNT) -> int | None:
        """The first exact number from 0 to `limit`; what is there but is none is refused with `<name>_refused`."""
        refused = False
        for value in self.values(*paths):
            number = exact_int(value)
            if number is not None and 0 <= number <= limit:
                return number
            refused = True
        if refused:
            self.flag(f"{name}_refused")
        return None

    def text(self, name: str, limit: int, *paths: str) -> str | None:
        """The first text, as it is but for what PostgreSQL cannot hold, cut at `limit` with a flag."""
        for value in self.values(*paths):
            if isinstance(value, str):
                clean = storable(value)
                if len(clean) > limit:
                    self.flag(f"{name}_cut")
                return clean[:limit]
            self.flag(f"{name}_refused")
        return "" if self.has(*paths) else None

    def boolean(self, *paths: str) -> bool | None:
        """The first yes or no; the private API writes some as 1 and 0."""
        flags = (value for value in self.values(*paths) if isinstance(value, bool) or value in _BITS)
        return next((bool(value) for value in flags), None)

    def identifier(self, *paths: str) -> str:
        """The first usable id as text; `<media>_<owner>` pairs lose the owner."""
        for value in self.values(*paths):
            if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**30:
                return str(value)
            if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_:\-]{1,64}", value):
                return value.split("_")[0] if value[0].isdigit() else value
        return ""

    def url(self, *paths: str) -> str | None:
        """The first web address (http or https); anything else is refused."""
        for value in self.values(*paths):
            address = web_address(value)
            if address:
                return address
        return "" if self.has(*paths) else None

    def moment(self, name: str, *paths: str) -> datetime | None:
        """The first time: seconds, milliseconds or microseconds since 1970, or ISO 8601."""
        refused = False
        for value in self.values(*paths):
            moment = read_moment(value)
            if moment is not None and moment >= FIRST_POST_AT:
                if moment > datetime.now(UTC) + timedelta(hours=1):
                    self.flag(f"{name}_in_future")
                return moment
            refused = True
        if refused:
            self.flag(f"{name}_refused")
        return None


def dig(data: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path of objects, or `default`."""
    for key in path.split("."):
        if not isinstance(data, dict) or key not in data:
            return default
        data = data[key]
    return data


def unwrap(value: Any) -> list[dict[str, Any]]:
    """Objects out of a list, of `{"edges": [{"node": …}]}`, or of a list of edges."""
    if isinstance(value, dict):
        value = value.get("edges")
    if not isinstance(value, list):
        return []
    nodes = (item.get("node", item) if isinstance(item, dict) else None for item in value)
    return [node for node in nodes if isinstance(node, dict)]


def exact_int(value: Any) -> int | None:
    """`value` as a whole number if it is exactly one: 12, 12.0, "12", "1,234"; never "1.2K", never true."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() and abs(value) < 2**53 else None
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
        return int(value.strip().replace(",", ""))
    return None


def storable(text: str) -> str:
    """`text` without NUL, which PostgreSQL refuses, and with lone surrogates, which UTF-8 refuses, replaced."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\x00", ""))


def web_address(value: Any) -> str:
    """`value` if it is an http(s) address of sane length, else ""."""
    if not isinstance(value, str) or not value or len(value) > MAX_URL:
        return ""
    address = storable(value.strip())
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and host else ""


def read_json_text(text: Any) -> Any:
    """Objects that upstream sends as JSON inside a string; None for anything else."""
    if not isinstance(text, str) or len(text) > 20_000:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read_moment(value: Any) -> datetime | None:
    number = exact_int(value)
    try:
        if number is not None:
            return _from_epoch(number)
        if isinstance(value, float) and math.isfinite(value):
            return _from_epoch(int(value))
        if isinstance(value, str) and len(value) <= 40:
            moment = datetime.fromisoformat(value.strip())
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _from_epoch(number: int) -> datetime:
    for limit, unit in ((10**11, 1), (10**14, 1_000), (10**17, 1_000_000)):
        if number < limit:
            return datetime.fromtimestamp(number / unit, tz=UTC)
    raise ValueError(number)
