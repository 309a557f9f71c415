"""How words are written on pages: codes made readable, upstream links made safe."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def words(text: str) -> list[str]:
    """A list from spaces: Tailwind's scanner does not see class names joined by commas."""
    return text.split()


@register.filter
def ident(text: Any) -> str:
    """A text as a part of an element's id."""
    return re.sub(r"[^a-zA-Z0-9]+", "-", str(text)).strip("-").lower()


@register.filter
def humanised(code: Any) -> str:
    """ "food_and_drink" → "Food and drink"."""
    text = str(code or "").replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]


@register.filter
def http_only(url: Any) -> str:
    """An upstream link if a browser may follow it, else nothing: `javascript:` and the like are refused."""
    text = str(url or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""


@register.filter
def host(url: Any) -> str:
    """ "https://www.example.com/shop?x=1" → "example.com/shop"."""
    parts = urlsplit(http_only(url))
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")
