"""What stands out in a report: sentences over its own metrics, each with the place where the evidence is."""

from typing import Any

from apps.core.templatetags.figures import compact, metric_change, percent

MOST = 4
FEW = 3  # posts of a format, below which it is not compared
CLEAR = 1.15  # times as much, below which formats count as alike
SILENT_DAYS = 30


def list_findings(metrics: dict[str, Any]) -> list[dict[str, str]]:
    """At most four, the most telling first; none is stated on a metric that is unavailable."""
    found = (rule(metrics) for rule in (_silence, _peers, _formats, _growth, _paid, _hidden))
    return [finding for finding in found if finding][:MOST]


def _silence(metrics: dict[str, Any]) -> dict[str, str] | None:
    days = metrics["days_since_last_post"]["value"]
    if days is None or days < SILENT_DAYS:
        return None
    return _finding(
        "Quiet lately.", f"The last post is {days:.0f} days old.", "posts-t", metrics["days_since_last_post"]
    )


def _peers(metrics: dict[str, Any]) -> dict[str, str] | None:
    rank = metrics["engagement_rate.peers.percentile"]
    if rank["value"] is None:
        return None
    title = "Engages more than most of its size." if rank["value"] >= 50 else "Engages less than most of its size."
    text = f"Its rate is above that of {percent(rank['value'])} of {rank['sample']['size']:,} accounts."
    return _finding(title, text, "every-metric", rank)


def _formats(metrics: dict[str, Any]) -> dict[str, str] | None:
    rows = [
        (row["likes"]["median"], row)
        for row in metrics["formats"]["value"] or []
        if row["likes"]["median"] and row["likes"]["n"] >= FEW
    ]
    if len(rows) < 2:
        return None
    rows.sort(key=lambda pair: -pair[0])
    (best, first), (second, other) = rows[0], rows[1]
    if best < CLEAR * second:
        return None
    text = f"Median likes of {compact(best)} are {best / second:.1f}× those of {_plural(other)}."
    return _finding(f"{_plural(first).capitalize()} do best.", text, "formats", metrics["formats"])


def _growth(metrics: dict[str, Any]) -> dict[str, str] | None:
    quarter, month = metrics["followers_growth.90d"], metrics["followers_growth.30d"]
    telling = next((one for one in (quarter, month) if one["value"] is not None and abs(one["value"]) >= 1), None)
    if telling is None:
        return None
    if quarter["value"] and month["value"] and quarter["value"] * month["value"] < 0:
        text = f"{metric_change(quarter)} over 90 days, {metric_change(month)} over the last 30."
        return _finding("Growth has turned.", text, "growth", month)
    days = 90 if telling is quarter else 30
    title, word = ("Growing.", "more") if telling["value"] > 0 else ("Losing followers.", "fewer")
    text = f"{percent(abs(telling['value']))} {word} followers than {days} days ago."
    return _finding(title, text, "growth", telling)


def _paid(metrics: dict[str, Any]) -> dict[str, str] | None:
    share = metrics["sponsored.share"]
    if not share["value"]:
        return None
    performance = metrics["sponsored.performance"]["value"]
    text = f"{percent(share['value'])} of {share['sample']['size']} posts are disclosed as paid."
    if performance is not None:
        text += f" They reach {percent(performance)} of the usual engagement."
    return _finding("Works with brands.", text, "sponsored", share)


def _hidden(metrics: dict[str, Any]) -> dict[str, str] | None:
    share = metrics["hidden_likes_share"]
    if not share["value"]:
        return None
    text = f"{percent(share['value'])} of the posts hide them; these are left out of every rate, never counted as zero."
    return _finding("Likes are hidden at times.", text, "engagement", share)


def _plural(row: dict[str, Any]) -> str:
    return f"{row['format']}s"


def _finding(title: str, text: str, evidence: str, metric: dict[str, Any]) -> dict[str, str]:
    return {"title": title, "text": text, "evidence": evidence, "status": metric["status"]}
