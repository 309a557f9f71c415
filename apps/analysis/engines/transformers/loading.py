"""Loading the three models into this process, from files only: a job never downloads."""

import resource
import time
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings

from apps.analysis.engines.batching import is_out_of_memory
from apps.analysis.engines.processor import count_threads, measure_memory
from apps.analysis.errors import EngineUnavailable, ModelUnusable, OutOfMemory

from .classifier import Classifier
from .files import ModelFiles
from .precision import apply_precision, choose_precision

log = structlog.get_logger(__name__)
_SPARE_POSITIONS = 2
"""RoBERTa counts positions from its padding index + 1, so two of its positions are never a token's."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The models by task, and with which numbers they compute."""

    classifiers: dict[str, Classifier]
    precision: str


def load_models(files: dict[str, ModelFiles]) -> Loaded:
    """Load all of them and log time, threads, precision and memory.

    Raises `EngineUnavailable` (no torch), `ModelUnusable` (files that make no model), `OutOfMemory`.
    """
    began = time.monotonic()
    try:
        import torch  # noqa: PLC0415
        import transformers  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise EngineUnavailable("The packages torch and transformers are not installed here.") from error
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(count_threads())
    loaded = _load_all(files)
    log.info(
        "analysis.models_loaded",
        precision=loaded.precision,
        threads=torch.get_num_threads(),
        seconds=round(time.monotonic() - began, 1),
        rss_mb=measure_memory(),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
    return loaded


def _load_all(files: dict[str, ModelFiles]) -> Loaded:
    precision, classifiers = settings.AI_PRECISION, {}
    # The largest first: its layer decides on the precision, and its full-size copy is gone before the others come.
    for task in sorted(files, key=lambda task: -files[task].weights.stat().st_size):
        model, tokenizer = _read(files[task])
        precision = choose_precision(_first_layer(model), model.config.hidden_size, precision)
        labels = {int(output): str(name) for output, name in model.config.id2label.items()}
        cut = _find_cut(files[task], model, tokenizer)
        classifiers[task] = Classifier(tokenizer, apply_precision(model, precision), labels, cut)
    return Loaded(classifiers, precision)


def _read(files: ModelFiles) -> tuple[Any, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: PLC0415

    name = files.spec.repository
    try:
        tokenizer = AutoTokenizer.from_pretrained(files.folder, local_files_only=True)
        model, facts = AutoModelForSequenceClassification.from_pretrained(
            files.folder,
            local_files_only=True,
            output_loading_info=True,
            use_safetensors=files.weights.suffix == ".safetensors",
        )
    except Exception as error:
        # The library raises whatever its many parts raise; each means that these files make no model.
        if is_out_of_memory(error):
            raise OutOfMemory from error
        raise ModelUnusable(f"{name} cannot be loaded ({type(error).__name__}: {str(error)[:200]}).") from error
    if lacking := sorted({*facts["missing_keys"], *(key for key, *_shapes in facts["mismatched_keys"])}):
        # The library fills gaps with random numbers and goes on.
        raise ModelUnusable(f"{name} lacks the weights {', '.join(lacking[:3])}.")
    if tokenizer.pad_token_id is None or not tokenizer.is_fast:
        raise ModelUnusable(f"{name} has no usable tokenizer.")
    return model.eval(), tokenizer


def _first_layer(model: Any) -> Any:
    base = model.base_model
    return base.encoder.layer[0] if hasattr(base.encoder, "layer") else base.encoder.layers[0]


def _find_cut(files: ModelFiles, model: Any, tokenizer: Any) -> int:
    """Our limit, or what the model can read where that is less."""
    positions = model.config.max_position_embeddings - _SPARE_POSITIONS
    return int(min(files.spec.max_tokens, tokenizer.model_max_length, positions))
