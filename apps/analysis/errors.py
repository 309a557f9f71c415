"""What the analysis of texts refuses."""

from apps.core.errors import DomainError, Kind


class EngineUnavailable(DomainError):
    """The engine is not installed or its weights are missing: asking again will not help."""

    code = "analysis.engine_unavailable"
    kind = Kind.UNAVAILABLE
    message = "This analysis engine is not installed here."


class EngineFailed(DomainError):
    """The engine is there but did not answer this batch."""

    code = "analysis.engine_failed"
    kind = Kind.UNAVAILABLE
    message = "The analysis engine failed."


class AnalysisDisabled(DomainError):
    code = "analysis.disabled"
    kind = Kind.UNAVAILABLE
    message = "Content analysis is switched off (ENABLE_AI_ANALYSIS)."
