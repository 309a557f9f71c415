"""Loading the models before somebody waits for them."""

import time

import structlog
from django.conf import settings

from apps.analysis.engines import find_preferred
from apps.analysis.errors import EngineFailed, EngineUnavailable

from .texts import analyse_texts

log = structlog.get_logger(__name__)
# One text of each script: language models are loaded by what they are asked.
SAMPLES = (
    "Sunday morning at the market with the whole family",
    "Domingo por la mañana en el mercado con toda la familia",
    "صباح الأحد في السوق مع كل العائلة",
    "रविवार की सुबह पूरे परिवार के साथ बाज़ार में",
    "Воскресное утро на рынке со всей семьёй",
    "日曜日の朝、家族みんなで市場へ",
    "일요일 아침 온 가족과 함께 시장에서",
)


def warm_up() -> bool:
    """Have the preferred engine read a text of each script; whether it could. For processes that analyse, and no other.

    Takes seconds and hundreds of megabytes. Reads no table. A failure is logged, not raised: the chain deals with it.
    """
    preferred = find_preferred()
    if not settings.ENABLE_AI_ANALYSIS or preferred is None:
        return False
    started = time.monotonic()
    try:
        analyse_texts(SAMPLES, engine=preferred[0])
    except (EngineFailed, EngineUnavailable) as error:
        log.warning("analysis.not_warm", engine=preferred[0], detail=error.message)
        return False
    log.info("analysis.warm", engine=preferred[0], seconds=round(time.monotonic() - started, 2))
    return True
