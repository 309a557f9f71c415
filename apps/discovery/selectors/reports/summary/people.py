"""Sentences about those who take part, and whether they are real."""

from apps.core.countries import name_country
from apps.core.templatetags.figures import exact, percent

from .content import say_mood
from .evidence import Claim, Facts, cite_posts, claim, join

LEAST_SHARE = 10
FEWEST_COMMENTS = 20


def audience(facts: Facts) -> Claim | None:
    """Where those who comment are probably from."""
    key = "audience.countries"
    metric = facts.find(key)
    rows = [] if metric is None else [row for row in metric["value"][:2] if row["share"] >= LEAST_SHARE]
    if metric is None or not rows:
        return None
    parts = [f"{name_country(row['label'])} ({percent(row['share'])})" for row in rows]
    text = f"Of {exact(metric['sample']['size'])} people whose comments tell, most are probably from {join(parts)}."
    if rows[0]["share"] < 50:
        text = text.replace("most are probably from", "the largest groups are probably from")
    return claim("audience", text, *(facts.cite(key, at, "share") for at in range(len(rows))))


def comments(facts: Facts) -> Claim | None:
    return say_mood(facts, "comments.sentiment.shares", code="comments", what="comments", fewest=FEWEST_COMMENTS)


def authenticity(facts: Facts) -> Claim | None:
    score = facts.read("authenticity.score")
    if score is None:
        return None
    raised = [(at, row) for at, row in enumerate(facts.metrics["authenticity.reasons"]["value"]) if row["points"]][:2]
    text = f"Its authenticity score is {score:.1f}".removesuffix(".0") + " of 100"
    if not raised:
        return claim("authenticity", f"{text}: no check found a reason to doubt.", facts.cite("authenticity.score"))
    signs = join(f"“{row['label'].lower()}” (−{row['points']:g} points)" for _at, row in raised)
    places = [facts.cite("authenticity.reasons", at, "points") for at, _row in raised]
    codes = [code for _at, row in raised for code in row["evidence"].get("shortcodes", [])]
    return claim(
        "authenticity", f"{text}; signs against it: {signs}.", facts.cite("authenticity.score"), *places,
        *cite_posts(codes),
    )  # fmt: skip
