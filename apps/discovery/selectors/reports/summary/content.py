"""Sentences about what is posted."""

from typing import Any

from apps.analysis.languages import language_name
from apps.analysis.taxonomy import find_category
from apps.core.templatetags.figures import day, percent

from .account import count
from .evidence import Claim, Facts, cite_posts, claim, join

FEWEST = 5
LEAST_SHARE = 10
CLEAR = 1.15
"""Times as many likes, below which formats count as alike."""
PLURALS = {"photo": "photos", "video": "videos", "carousel": "carousels", "reel": "reels"}
MOODS = ("positive", "neutral", "negative")


def topics(facts: Facts) -> Claim | None:
    key = "content.categories"
    rows = _main_rows(facts, key)
    if not rows:
        return None
    parts = [
        f"{percent(row['share'])} {'' if at else 'are '}about {_name_topic(row['label'])}"
        for at, row in enumerate(rows)
    ]
    text = f"Of the posts with a clear topic {join(parts)}."
    codes = _labelled(facts, "category", rows[0]["label"])
    return claim("topics", text, *(facts.cite(key, at, "share") for at in range(len(rows))), *cite_posts(codes))


def _name_topic(label: str) -> str:
    """A code that left the taxonomy is still told."""
    category = find_category(label)
    return (category.label if category else label.replace("_", " ")).lower()


def languages(facts: Facts) -> Claim | None:
    key = "content.languages"
    rows = _main_rows(facts, key)
    if not rows:
        return None
    parts = [f"{language_name(row['label'])} ({percent(row['share'])})" for row in rows]
    text = f"Its captions are in {join(parts)}."
    return claim("languages", text, *(facts.cite(key, at, "share") for at in range(len(rows))))


def _main_rows(facts: Facts, key: str) -> list[dict[str, Any]]:
    """The two largest parts, of a tenth or more."""
    rows = facts.read(key, fewest=FEWEST) or []
    return [row for row in rows[:2] if row["share"] >= LEAST_SHARE]


def _labelled(facts: Facts, kind: str, label: str) -> list[str]:
    return [post["shortcode"] for post in facts.posts if (post["analysis"] or {}).get(kind, {}).get("label") == label]


def formats(facts: Facts) -> Claim | None:
    """Which of the two formats with most likes does clearly better."""
    rows = [
        (row["likes"]["median"], at, row)
        for at, row in enumerate(facts.read("formats") or [])
        if row["likes"]["median"] and row["likes"]["n"] >= FEWEST - 2
    ]
    if len(rows) < 2:
        return None
    rows.sort(key=lambda found: (-found[0], found[1]))
    (best, first, one), (second, other_at, other) = rows[:2]
    if best < CLEAR * second:
        return None
    better, worse = PLURALS[one["format"]].capitalize(), PLURALS[other["format"]]
    text = f"{better} do best: {count(best)} likes in the median, {worse} {count(second)}."
    places = [facts.cite("formats", at, "likes", "median") for at in (first, other_at)]
    return claim("formats", text, *places)


def best_post(facts: Facts) -> Claim | None:
    rated = [post for post in facts.posts if post["engagement_rate"]["value"] is not None and post["shortcode"]]
    if len(rated) < FEWEST:
        return None
    best = max(rated, key=lambda post: post["engagement_rate"]["value"])
    rate = best["engagement_rate"]
    when = f" of {day(best['taken_at'])}" if best["taken_at"] else ""
    evidence = {
        "kind": "post",
        "shortcode": best["shortcode"],
        "method": rate["method"],
        "status": rate["status"],
        "number": rate["value"],
        "taken_at": best["taken_at"],
    }
    text = f"The {best['type']}{when} did best among the latest: {percent(rate['value'])} of the followers took part."
    return claim("best_post", text, evidence)


def tone(facts: Facts) -> Claim | None:
    return say_mood(facts, "content.sentiment.shares", code="tone", what="captions", fewest=FEWEST)


def say_mood(facts: Facts, key: str, *, code: str, what: str, fewest: int) -> Claim | None:
    """Which mood most of them have, if most have one."""
    shares = facts.read(key, fewest=fewest)
    if shares is None:
        return None
    mood = max(MOODS, key=lambda one: shares[one])
    if shares[mood] < 50:
        return None
    text = f"{percent(shares[mood])} of the {what} that were read sound {mood}."
    return claim(code, text, facts.cite(key, mood))


def safety(facts: Facts) -> Claim | None:
    share = facts.find("safety.flagged.share", fewest=FEWEST)
    if share is None:
        return None
    if not share["value"]:
        text = f"None of {share['sample']['size']} captions has a word of the brand-safety list."
        return claim("safety", text, facts.cite("safety.flagged.share"))
    rows = facts.metrics["safety.categories"]["value"][:3]
    parts = [f"{row['label'].lower()} ({row['posts']} post{'' if row['posts'] == 1 else 's'})" for row in rows]
    text = f"{percent(share['value'])} of its captions have words that a brand may mind: {join(parts)}."
    places = [facts.cite("safety.categories", at, "posts") for at in range(len(rows))]
    codes = [code for row in rows for code in row["shortcodes"]]
    return claim("safety", text, facts.cite("safety.flagged.share"), *places, *cite_posts(codes))
