"""Sentences about the account and how it does."""

from typing import Any

from apps.core.templatetags.figures import compact, exact, percent
from apps.profiles.metrics import find_size_tier

from .evidence import Claim, Facts, cite_posts, claim

SILENT_DAYS = 30
TELLING_PERCENT = 1
FEWEST_POSTS = 5
SIZES = {
    "below_nano": "below the nano tier", "nano": "a nano creator", "micro": "a micro creator",
    "mid": "a mid-tier creator", "macro": "a macro creator", "mega": "a mega creator",
}  # fmt: skip


def size(facts: Facts) -> Claim | None:
    followers = facts.read("followers")
    tier = find_size_tier(followers)
    if tier is None:
        return None
    text = f"With {exact(followers)} follower{'' if followers == 1 else 's'} it is {SIZES[tier[0]]}."
    return claim("size", text, facts.cite("followers"))


def growth(facts: Facts) -> Claim | None:
    """Of a quarter or else a month; where both are telling and point apart, of both."""
    keys = {days: f"followers_growth.{days}d" for days in (90, 30)}
    values = {days: facts.read(key) for days, key in keys.items()}
    telling = {days: value for days, value in values.items() if value is not None and abs(value) >= TELLING_PERCENT}
    if not telling:
        return None
    if len(telling) == 2 and telling[90] * telling[30] < 0:
        text = f"Its growth has turned: {_change(telling[90], 90)}, but {_change(telling[30], 30)}."
        return claim("growth", text, facts.cite(keys[90]), facts.cite(keys[30]))
    days = max(telling)
    return claim("growth", f"It {_change(telling[days], days)}.", facts.cite(keys[days]))


def _change(value: float, days: int) -> str:
    return f"{'gained' if value > 0 else 'lost'} {percent(abs(value))} of its followers over {days} days"


def engagement(facts: Facts) -> Claim | None:
    own, rank = "engagement_rate.followers.median", "engagement_rate.peers.percentile"
    rate = facts.read(own, fewest=FEWEST_POSTS)
    if rate is None:
        return None
    text = f"A usual post draws likes and comments of {percent(rate)} of the followers"
    among = facts.find(rank)
    if among is None:
        return claim("engagement", f"{text}.", facts.cite(own))
    text += f", more than {percent(among['value'])} of {exact(among['sample']['size'])} accounts of its size."
    return claim("engagement", text, facts.cite(own), facts.cite(rank))


def rhythm(facts: Facts) -> Claim | None:
    """That it fell silent, or else how often it posts."""
    days = facts.read("days_since_last_post")
    if days is not None and days >= SILENT_DAYS:
        text = f"It has been quiet: the last post is {exact(days)} days old."
        return claim("rhythm", text, facts.cite("days_since_last_post"), *cite_posts(_newest(facts)))
    often = facts.read("posts_per_week", fewest=FEWEST_POSTS)
    if often is None:
        return None
    return claim("rhythm", f"It posts {_often(often)} times a week.", facts.cite("posts_per_week"))


def _often(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _newest(facts: Facts) -> list[Any]:
    dated = [post for post in facts.posts if post["taken_at"]]
    return [max(dated, key=lambda post: post["taken_at"])["shortcode"]] if dated else []


def paid(facts: Facts) -> Claim | None:
    share = facts.find("sponsored.share", fewest=FEWEST_POSTS)
    if share is None or not share["value"]:
        return None
    text = f"{percent(share['value'])} of its {share['sample']['size']} latest posts are disclosed as paid"
    rests_on = [facts.cite("sponsored.share")]
    performance = facts.read("sponsored.performance")
    if performance is not None:
        text += f"; these draw {percent(performance)} of the engagement of the others"
        rests_on.append(facts.cite("sponsored.performance"))
    codes = [code for row in facts.read("sponsored.terms") or [] for code in row["shortcodes"]]
    return claim("paid", f"{text}.", *rests_on, *cite_posts(codes))


def hidden_likes(facts: Facts) -> Claim | None:
    share = facts.read("hidden_likes_share", fewest=FEWEST_POSTS)
    if not share:
        return None
    codes = [post["shortcode"] for post in facts.posts if post["likes_hidden"]]
    text = f"{percent(share)} of the posts hide their likes; these are left out of every rate, never counted as zero."
    return claim("hidden_likes", text, facts.cite("hidden_likes_share"), *cite_posts(codes))


def count(value: float) -> str:
    """A count in a sentence."""
    return compact(value)
