"""A streamed body is made after the view returned: each chunk enters the team anew."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from apps.teams.models import Team

from .scope import enter_team

Answer = TypeVar("Answer", bound=HttpResponseBase)


class TeamStream:
    """Chunks of a body, each made inside the team; between two chunks the thread is outside."""

    def __init__(self, chunks: Iterator[bytes], source: Any, team: Team) -> None:
        self.chunks = chunks
        self.source = source
        self.team = team

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with enter_team(self.team):
            return next(self.chunks)

    def close(self) -> None:
        """Close the source inside the team too: a generator's `finally` may still read and write."""
        if hasattr(self.source, "close"):
            with enter_team(self.team):
                self.source.close()


def keep_in_team(response: Answer, team: Team) -> Answer:
    """Wrap a streamed body; whole bodies and files, which read no tables, stay as they are."""
    if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
        streamed: Any = response
        source = streamed._iterator  # the iterator itself: `streaming_content` hides it behind a map
        closers = streamed._resource_closers  # they would close it outside the team
        closers[:] = [closer for closer in closers if getattr(closer, "__self__", None) is not source]
        streamed.streaming_content = TeamStream(iter(streamed.streaming_content), source, team)
    return response
