"""Every route of the project, with what it needs to be called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from apps.teams.access import TeamAPIView

# A value for each converter of the urlconf. Nothing of that name exists.
SAMPLES = {
    "int": "987654321",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "str": "nobody.here",
    "slug": "nothing",
    "path": "nothing",
    "media_folder": "00",
    "media_picture": "00.webp",
}
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    """A pattern of the urlconf and the view behind it."""

    pattern: str
    view: Any

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def is_team_page(self) -> bool:
        return hasattr(self.view, "team_permission")

    @property
    def view_class(self) -> type | None:
        return getattr(self.view, "cls", None) or getattr(self.view, "view_class", None)

    @property
    def is_team_api(self) -> bool:
        return isinstance(self.view_class, type) and issubclass(self.view_class, TeamAPIView)

    @property
    def methods(self) -> list[str]:
        return [method for method in METHODS if hasattr(self.view_class, method)] if self.view_class else ["get"]

    def fill(self, **given: str) -> str:
        """The address with a sample for every argument that is not given."""

        def sample(match: re.Match[str]) -> str:
            converter, _, name = match[1].rpartition(":")
            return given.get(name, SAMPLES[converter or "str"])

        return "/" + re.sub(r"<([^>]+)>", sample, self.pattern)


def list_routes() -> list[Route]:
    return list(_walk(get_resolver("config.urls"), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern)
        elif isinstance(entry, URLPattern):
            yield Route(pattern, entry.callback)
