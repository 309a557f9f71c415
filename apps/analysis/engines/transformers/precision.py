"""With which numbers a model computes fastest on this processor."""

import copy
import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog

PRECISIONS = ("fp32", "bf16", "int8")
_GAIN = 0.9
"""Lower precision must take at most this share of fp32's time, else it is not worth its rounding."""
_ROWS, _ROUNDS = (4, 64), 5
log = structlog.get_logger(__name__)


def choose_precision(layer: Any, width: int, wanted: str = "auto") -> str:
    """`wanted`, or by `auto` the fastest of fp32, bf16 and int8 for this layer, measured now (about a second)."""
    if wanted in PRECISIONS:
        return wanted
    seconds = measure_precisions(layer, width)
    best = min(seconds, key=lambda name: seconds[name])
    chosen = best if seconds[best] <= _GAIN * seconds["fp32"] else "fp32"
    log.info("analysis.precision_chosen", precision=chosen, **_in_ms(seconds))
    return chosen


def measure_precisions(layer: Any, width: int) -> dict[str, float]:
    """Seconds of one pass through copies of the layer; a precision that this build of torch cannot do is left out."""
    import torch  # noqa: PLC0415

    rows = torch.randn(*_ROWS, width)
    seconds = {}
    for name in PRECISIONS:
        try:
            changed = apply_precision(copy.deepcopy(layer).eval(), name)
            inputs = rows.to(torch.bfloat16) if name == "bf16" else rows
            with torch.inference_mode():
                seconds[name] = _time(partial(changed, inputs, attention_mask=None))
        except (RuntimeError, NotImplementedError, ImportError, AttributeError) as error:
            if name == "fp32":
                raise
            log.info("analysis.precision_not_there", precision=name, detail=str(error)[:200])
    return seconds


def _in_ms(seconds: dict[str, float]) -> dict[str, float]:
    return {f"{name}_ms": round(1000 * value, 2) for name, value in seconds.items()}


def apply_precision(model: Any, name: str) -> Any:
    """The model in this precision; int8 keeps embeddings and norms and computes its linear layers in eight bits."""
    import torch  # noqa: PLC0415

    if name == "bf16":
        return model.to(torch.bfloat16)
    if name != "int8":
        return model
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch means to move this module elsewhere; the pinned version has it
        from torch.ao.quantization import per_channel_dynamic_qconfig, quantize_dynamic  # noqa: PLC0415

        return quantize_dynamic(model, {torch.nn.Linear: per_channel_dynamic_qconfig}, inplace=True)


def _time(act: Callable[[], object]) -> float:
    """The quickest of five, after one to warm up: what else runs on the machine only ever adds."""
    act()
    times = []
    for _round in range(_ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)
