"""The team of a request."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse


class TeamMiddleware:
    """Starts and ends every request in the public schema: a thread's connection remembers its last team."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.set_schema_to_public()
        try:
            return self.get_response(request)
        finally:
            connection.set_schema_to_public()
