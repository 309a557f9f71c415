"""Batches of like length within a budget of tokens, halved when memory runs out; results in the given order."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from apps.analysis.errors import OutOfMemory

T = TypeVar("T")
R = TypeVar("R")
MAX_BATCH = 32
_SIGNS = ("can't allocate memory", "not enough memory", "out of memory", "bad_alloc", "bad allocation")


def run_by_length(
    items: Sequence[T], *, length: Callable[[T], int], budget: int, act: Callable[[list[T]], Sequence[R]]
) -> list[R]:
    """`act` on batches of items of like length, at most `budget` long after padding; one result per item, in order.

    A batch that does not fit into memory is tried again in halves; raises `OutOfMemory` where one item alone does not.
    """
    results: dict[int, R] = {}
    for places in plan_batches([length(item) for item in items], budget):
        answers = _run(act, [items[place] for place in places])
        results.update(zip(places, answers, strict=True))
    return [results[place] for place in range(len(items))]


def plan_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Places of the items, the shortest first; in each batch `longest x number` keeps to the budget."""
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda place: (lengths[place], place)):
        last = batches[-1] if batches else []
        if last and len(last) < MAX_BATCH and lengths[place] * (len(last) + 1) <= budget:
            last.append(place)
        else:
            batches.append([place])
    return batches


def is_out_of_memory(error: BaseException) -> bool:
    """torch on a processor says it by a RuntimeError of no type of its own."""
    if isinstance(error, MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(sign in str(error).lower() for sign in _SIGNS)


def _run(act: Callable[[list[T]], Sequence[R]], batch: list[T]) -> list[R]:
    try:
        return list(act(batch))
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        if len(batch) == 1:
            raise OutOfMemory from error
    # Outside of `except`: the error's traceback would keep alive what is to be freed.
    half = len(batch) // 2
    return _run(act, batch[:half]) + _run(act, batch[half:])
