"""What the analysis of texts refuses."""

from apps.core.errors import DomainError, Kind


class EngineUnavailable(DomainError):
    """The engine is not installed or its weights are missing: asking again will not help."""

    code = "analysis.engine_unavailable"
    kind = Kind.UNAVAILABLE
    message = "This analysis engine is not installed here."


class ModelsMissing(EngineUnavailable):
    """Model files are not there, or only a part of them: `make models` fetches them."""

    code = "analysis.models_missing"
    message = "The models of this analysis engine are not here."


class ModelUnusable(EngineUnavailable):
    """The files are whole, but not a model that this engine understands (labels, weights, tokenizer)."""

    code = "analysis.model_unusable"
    message = "A model of this analysis engine cannot be used."


class EngineFailed(DomainError):
    """The engine is there but did not answer this batch."""

    code = "analysis.engine_failed"
    kind = Kind.UNAVAILABLE
    message = "The analysis engine failed."


class OutOfMemory(EngineFailed):
    """Not even a single text fitted into the memory that there is."""

    code = "analysis.out_of_memory"
    message = "There is not enough memory for the analysis engine."


class UnsoundOutput(EngineFailed):
    """A model answered with values that are not numbers."""

    code = "analysis.unsound_output"
    message = "A model of the analysis engine answered with values that are not numbers."


class DownloadFailed(DomainError):
    """The hub did not give a model, or not as it should."""

    code = "analysis.download_failed"
    kind = Kind.UNAVAILABLE
    message = "A model could not be fetched."


class AnalysisDisabled(DomainError):
    code = "analysis.disabled"
    kind = Kind.UNAVAILABLE
    message = "Content analysis is switched off (ENABLE_AI_ANALYSIS)."
