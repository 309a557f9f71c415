"""Icons of the lucide set. The library copies and writes their XML anew for each use; here each is drawn once."""

from functools import lru_cache

from django import template
from lucide.templatetags import lucide as library

register = template.Library()
_draw = lru_cache(maxsize=1_000)(library.lucide)


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: object) -> str:
    """The icon as inline SVG with these attributes (`aria_hidden` → `aria-hidden`). Raises for an unknown name."""
    return _draw(name, size=size, **attributes)
