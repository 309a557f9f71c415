"""Bodies of requests."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework import parsers
from rest_framework.exceptions import ParseError


class JSONParser(parsers.JSONParser):
    """JSON whose outermost value is an object, as every route takes it. Nesting without end is refused, not fatal, and
    so is half of a character (an escaped lone surrogate), which no answer, log or database could carry on."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deeply.") from error
        except UnicodeEncodeError as error:
            raise ParseError("JSON parse error - half of a surrogate pair.") from error
        if not isinstance(data, dict):
            raise ParseError("The body must be a JSON object.")
        return data
