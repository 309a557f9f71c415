"""Which engines there are. Looking one up loads nothing; its first `analyse` does."""

from collections.abc import Callable
from functools import lru_cache

from apps.analysis.errors import EngineUnavailable

from .base import Engine
from .local import LocalEngine
from .rules import RulesEngine
from .transformers import TransformersEngine

_FACTORIES: dict[str, Callable[[], Engine]] = {}


def register_engine(name: str, factory: Callable[[], Engine]) -> None:
    """Make an engine available under its name."""
    _FACTORIES[name] = factory
    get_engine.cache_clear()


@lru_cache(maxsize=8)
def get_engine(name: str) -> Engine:
    """The process's one engine of that name. Raises `EngineUnavailable` for a name that is not installed here."""
    factory = _FACTORIES.get(name)
    if factory is None:
        known = ", ".join(sorted(_FACTORIES))
        raise EngineUnavailable(f"The engine `{name}` is not installed here (installed: {known}).")
    return factory()


def list_engine_names() -> list[str]:
    return sorted(_FACTORIES)


register_engine("rules", RulesEngine)
register_engine("local", LocalEngine)
register_engine("transformers", TransformersEngine)
