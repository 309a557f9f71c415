"""Which function answers which address. Modules register theirs by `@route`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .world import Item

Answer = Callable[..., Item]


@dataclass(frozen=True)
class Route:
    """`params` names a type of `stripe.params`; the handler gets the world, the parameters and the path's ids."""

    method: str
    pattern: re.Pattern[str]
    params: str | None
    handler: Answer


ROUTES: list[Route] = []


def route(method: str, path: str, params: str | None = None) -> Callable[[Answer], Answer]:
    """Answer `method path` (with `{id}` parts) by the decorated function."""
    pattern = re.compile(re.sub(r"\{[^}]*\}", "([^/]+)", path) + r"\Z")

    def register(handler: Answer) -> Answer:
        ROUTES.append(Route(method, pattern, params, handler))
        return handler

    return register


def find_route(method: str, path: str) -> tuple[Route, tuple[Any, ...]] | None:
    """The route with the fewest ids: `/invoices/create_preview` is no invoice."""
    matches = [(one, match.groups()) for one in ROUTES if one.method == method and (match := one.pattern.match(path))]
    return min(matches, key=lambda one: len(one[1]), default=None)
