"""Job kinds that exist for one test only."""

from collections.abc import Callable, Iterator

import pytest

from apps.jobs import handlers


@pytest.fixture
def register() -> Iterator[Callable[..., None]]:
    """`register("test.kind", handler, on_end=None, shows=None)`: forgotten after the test."""
    before = (dict(handlers._handlers), dict(handlers._end_listeners), dict(handlers._presenters))

    def add(kind, handler=None, on_end=None, shows=None) -> None:
        if handler:
            handlers.job_handler(kind)(handler)
        if on_end:
            handlers.on_job_end(kind)(on_end)
        if shows:
            handlers.job_result(kind)(shows)

    yield add
    for registry, old in zip((handlers._handlers, handlers._end_listeners, handlers._presenters), before, strict=True):
        registry.clear()
        registry.update(old)
