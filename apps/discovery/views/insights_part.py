"""What the engines said about the captions, as the page shows it."""

from typing import Any

from django.conf.locale import LANG_INFO

from apps.core.templatetags.figures import moment
from apps.jobs.models import Job

SHOWN = 6
MOODS = (("positive", "Positive", 1), ("neutral", "Neutral", 5), ("negative", "Negative", 4))

CARDS = {
    "topics": ("content.categories", "topics"),
    "languages": ("content.languages", "languages"),
    "mood": ("content.sentiment.mean", "the mood of captions"),
}


def describe_insights(content: dict[str, Any], *, job: Job | None) -> dict[str, Any]:
    """`status` is estimated as soon as anything is labelled; `reason` says why nothing is. `job` is what reads them."""
    analysed, total, running = content["analysed"], content["total"], job is not None
    return {
        "running": running,
        "progress": _describe_progress(job) if job else None,
        "sub": _progress(analysed, total, running=running),
        "status": "estimated" if analysed else ("" if running else "unavailable"),
        "categories": [_row(row, name_topic(row["label"])) for row in content["categories"][:SHOWN]],
        "languages": [_row(row, name_language(row["label"])) for row in content["languages"][:SHOWN]],
        "sentiment": _sentiment(content["sentiment"]),
        "mean": content["sentiment"]["mean"],
        "engines": ", ".join(_engine(engine) for engine in content["engines"]),
        "cards": {name: _card(content["metrics"], *about) for name, about in CARDS.items()},
        "reason": "The captions were not analysed." if total else "There is no caption to read.",
    }


def note_charts(username: str, *, read_at: Any, synthetic: bool) -> str:
    """What stands under the title of a chart that is saved as a picture."""
    known = f", as of {moment(read_at)}" if read_at else ""
    return f"@{username}{', synthetic demo data' if synthetic else ''}{known}"


def _card(metrics: dict[str, Any], key: str, label: str) -> dict[str, Any] | None:
    """None before the first analysis."""
    return {"key": key, "label": label, "metric": metrics[key]} if key in metrics else None


def _describe_progress(job: Job) -> dict[str, Any]:
    """How far the job is, in words; a job that waits says so."""
    done, total = job.progress_done, job.progress_total
    waits = job.state == Job.State.QUEUED and not done
    text = "Analysis waits for its turn" if waits or not total else f"Analysis running: {done:,} of {total:,} posts"
    return {"text": text, "done": done, "total": total}


def name_language(code: str) -> str:
    """ "pt" → "Portuguese"; a code that Django does not know stays a code."""
    if code in {"", "und", "unknown"}:
        return "Undetermined"
    return str(LANG_INFO.get(code, {}).get("name") or code.upper())


def _progress(analysed: int, total: int, *, running: bool) -> str:
    if running and analysed >= total:
        return f"First labels on {analysed:,} of {total:,} posts; a closer reading goes on"
    if running:
        return f"{analysed:,} of {total:,} captions read so far"
    return f"AI labels on {analysed:,} of {total:,} posts"


def _row(row: dict[str, Any], label: str) -> dict[str, Any]:
    return {"label": label, "n": row["n"], "share": row["share"]}


def name_topic(label: str) -> str:
    """ "food_and_drink" → "Food & drink"."""
    return label.replace("_", " ").replace(" and ", " & ").capitalize()


def _engine(engine: Any) -> str:
    return str(engine.get("engine") or engine.get("name") or "") if isinstance(engine, dict) else str(engine)


def _sentiment(sentiment: dict[str, Any]) -> list[dict[str, Any]]:
    return show_moods(sentiment if sentiment["n"] else None)


def show_moods(sentiment: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The three moods with where each one's part of the bar begins; empty where nothing was judged."""
    if sentiment is None:
        return []
    parts, start = [], 0.0
    for key, label, tone in MOODS:
        share = sentiment[key] or 0
        parts.append({"label": label, "share": share, "tone": tone, "from": round(start, 2)})
        start += share
    return parts
