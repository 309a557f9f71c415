"""Reading texts by the chain or by a named engine."""

from collections.abc import Sequence

from apps.analysis.engines import TextAnalysis, analyse_with_chain, answer_directly


def analyse_texts(texts: Sequence[str], engine: str | None = None) -> list[TextAnalysis]:
    """One result per text, in order. Without `engine` by the chain, which always answers.

    With `engine` by that one alone, once: raises `EngineUnavailable` or `EngineFailed`. For workers and commands.
    """
    if not texts:
        return []
    return answer_directly(engine, texts) if engine else analyse_with_chain(texts)
