"""Is the checked-in OpenAPI schema what the code says? Needs no server."""

import difflib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

MAX_LINES = 60


class Command(BaseCommand):
    help = "Compare docs/openapi.yaml with the schema of the code, or write it (--write)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the file instead of comparing")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
        made = self._generate()
        if options["write"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(made)
            self.stdout.write(f"Wrote {path.name}.")
            return
        kept = path.read_text() if path.exists() else ""
        if kept == made:
            return
        lines = list(
            difflib.unified_diff(kept.splitlines(), made.splitlines(), "docs/openapi.yaml", "code", lineterm="")
        )
        raise CommandError("\n".join([*lines[:MAX_LINES], f"{len(lines)} lines differ. Write it anew: make schema"]))

    def _generate(self) -> str:
        """The schema as text; a warning of the generator (an undocumented view) is an error."""
        GENERATOR_STATS.enable_trace_lineno()
        schema = SchemaGenerator().get_schema(request=None, public=True)
        if GENERATOR_STATS:
            GENERATOR_STATS.emit_summary()
            raise CommandError("The schema has warnings, shown above.")
        validate_schema(schema)
        text: bytes = OpenApiYamlRenderer().render(schema, renderer_context={})
        return text.decode()
