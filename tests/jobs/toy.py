"""What the toy route did, and what it is to refuse."""

from collections.abc import Callable

calls: list[str] = []
_refusals: list[Callable[[str], None]] = []


def refuse(name: str) -> None:
    for refusal in _refusals:
        refusal(name)


def set_refusal(refusal: Callable[[str], None] | None) -> None:
    _refusals[:] = [refusal] if refusal else []
