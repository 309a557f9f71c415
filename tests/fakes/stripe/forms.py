"""`items[0][price]=x` and back: how Stripe's clients write nested parameters."""

import re
import urllib.parse
from typing import Any

_PARTS = re.compile(r"[^\[\]]+")


def read_form(text: str) -> dict[str, Any]:
    """Nested dicts and lists of strings."""
    out: dict[str, Any] = {}
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True):
        *path, last = _name_parts(name)
        place = out
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return {name: _with_lists(value) for name, value in out.items()}


def _name_parts(name: str) -> list[str]:
    """`a[]` appends; the SDK writes numbers."""
    return [*_PARTS.findall(name), *(["0"] if name.endswith("[]") else [])]


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(one) for key, one in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def write_param(path: list[str | int]) -> str:
    """`["items", 0, "price"]` as Stripe names it in an error: `items[0][price]`."""
    if not path:
        return ""
    first, *rest = path
    return f"{first}{''.join(f'[{part}]' for part in rest)}"
