"""Creators as a source and an engine would have left them, with everything that is hard to show."""

import hashlib
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from apps.analysis.models import PostAnalysis, ProfileAnalysis, TextResult
from apps.profiles.metrics import compute_metrics
from apps.profiles.models import Comment, Post, Profile, Snapshot
from apps.profiles.selectors import get_facts

HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script> {{ 7|add:7 }}"
CAPTIONS = (
    "Grilled sardines, three ways #recipes #lisbon #سمك",
    "صباح الخير من لشبونة ☀️ وصفة اليوم: سمك مشوي مع الليمون #وصفات",
    "#ad A knife that outlived two kitchens, with @oldforge.tools. Paid partnership.",
    HOSTILE,
    "W" * 180,
    "👩‍🍳🔥🔥 dinner for nine 🐟🍋",
    "The 6 am ferry to Cacilhas #slowmornings #lisbon",
    "",
    "朝ごはん、港で。今日は鰯。 #朝ごはん",
    "Tomatoes, finally. @market.hall keeps the good ones under the counter. #recipes",
)
BIOGRAPHY = "Slow food, small boats, salty hair. طبخ بطيء وقوارب صغيرة\n<b>not bold</b> 🐟 press: see link"
CATEGORIES = ("food_and_drink", "travel", "lifestyle", "food_and_drink", "photography")
MOODS = (("positive", 0.7), ("neutral", 0.0), ("positive", 0.5), ("negative", -0.6))


def build_creator(username: str = "maro.sample", *, posts: int = 36, days: int = 200, **fields: Any) -> Profile:
    """A stored creator with dated counts, posts of all formats and their labels; the same for the same name."""
    dice = Random(username)
    now = timezone.now().replace(microsecond=0)
    values = {
        "external_id": str(dice.randrange(10**9)), "source": "sandbox", "synthetic": True, "full_name": "Maro Sample",
        "biography": BIOGRAPHY, "external_url": "https://maro.example/kitchen?ref=ig", "category": "Food & travel",
        "is_verified": True, "is_business": True, "business_email": "maro@maro.example", "followers": 284_120,
        "following": 812, "posts_count": posts + 1_204, "refreshed_at": now, "posts_refreshed_at": now,
    } | fields  # fmt: skip
    profile = Profile.objects.create(username=username, **values)
    _add_snapshots(profile, dice, now=now, days=days)
    _add_posts(profile, dice, now=now, count=posts)
    rate = compute_metrics(get_facts(profile))["engagement_rate.followers.median"]
    profile.engagement_rate, profile.engagement_metric = rate.value, rate.as_dict()
    profile.save()
    return profile


def _add_snapshots(profile: Profile, dice: Random, *, now: datetime, days: int) -> None:
    count = profile.followers or 0
    rows = []
    for ago in range(0, days + 1, 7):
        rows.append(
            Snapshot(
                profile=profile,
                taken_at=now - timedelta(days=ago),
                followers=count,
                following=profile.following,
                posts_count=profile.posts_count,
                median_likes=9_000 + dice.randrange(900),
                median_comments=180,
                source=profile.source,
                synthetic=profile.synthetic,
            )
        )
        count -= dice.randrange(200, 1_900)
    Snapshot.objects.bulk_create(rows)


def _add_posts(profile: Profile, dice: Random, *, now: datetime, count: int) -> None:
    for at in range(count):
        hidden = at % 9 == 4
        kind = ("reel", "carousel", "photo", "reel")[at % 4]
        caption = CAPTIONS[at % len(CAPTIONS)]
        post = Post.objects.create(
            profile=profile, external_id=f"{profile.pk}-{at}", shortcode=f"S{profile.pk}x{at}", type=kind,
            caption=caption, taken_at=_evening(now - timedelta(days=2 + 3 * at), dice),
            likes=None if hidden else dice.randrange(4_000, 21_000), likes_hidden=hidden,
            comments=dice.randrange(40, 260), plays=dice.randrange(60_000, 400_000) if kind == "reel" else None,
            views=dice.randrange(40_000, 300_000) if kind == "reel" else None,
            carousel_size=4 if kind == "carousel" else None, is_pinned=at == 0, is_sponsored=at == 12,
            hashtags=[word[1:] for word in caption.split() if word.startswith("#")],
            mentions=[word[1:].rstrip(".,") for word in caption.split() if word.startswith("@")],
        )  # fmt: skip
        if caption:
            label(post, at)
    _sum_up(profile)


def _evening(day: datetime, dice: Random) -> datetime:
    return day.astimezone(UTC).replace(hour=dice.choice((7, 8, 18, 18, 19, 19, 20)), minute=dice.randrange(60))


def label(post: Post, at: int) -> None:
    """What the engine said about a post's caption."""
    mood, score = MOODS[at % len(MOODS)]
    result, _ = TextResult.objects.get_or_create(
        caption_hash=hashlib.sha256(post.caption.encode()).hexdigest(), engine="local", engine_version="1",
        defaults={
            "language": ("en", "ar", "en", "en", "und", "en", "en", "en", "ja", "en")[at % 10],
            "language_confidence": 0.97, "sentiment": mood, "sentiment_score": score, "sentiment_confidence": 0.8,
            "category": CATEGORIES[at % len(CATEGORIES)], "category_confidence": 0.81,
        },
    )  # fmt: skip
    PostAnalysis.objects.create(post=post, text_result=result, analysed_at=timezone.now())


REMARKS = (
    "love this from Lisbon, what a morning!", "تحياتي من الرياض، وصفة رائعة جدا", "🔥🔥🔥", "so good",
    "Saved this for the weekend, thank you",
    HOSTILE, "أهلاً بالكويت يا فنان", "Que delícia, um abraço de São Paulo", "@friend.one look", "W" * 120,
)  # fmt: skip


def add_talk(profile: Profile, number: int = 90) -> None:
    """Comments under the latest posts, read today: in several scripts, hostile, repeated, without words."""
    now = timezone.now()
    posts = list(profile.posts.order_by("-taken_at")[:6])
    Comment.objects.bulk_create(
        Comment(
            post=posts[n % len(posts)], external_id=f"{profile.pk}-c{n}", author_external_id=f"{n % 70}",
            author_username=f"reader.with.a.long.handle{n % 70}", text=REMARKS[n % len(REMARKS)], likes=n % 4,
            written_at=now - timedelta(hours=n),
        )
        for n in range(number)
    )  # fmt: skip
    profile.posts.filter(pk__in=[post.pk for post in posts]).update(comments_read_at=now, comments_asked=200)


def _sum_up(profile: Profile) -> None:
    labelled = PostAnalysis.objects.filter(post__profile=profile).select_related("text_result")
    results = [row.text_result for row in labelled]
    ProfileAnalysis.objects.create(
        profile=profile,
        aggregates={
            "categories": _shares([result.category for result in results]),
            "languages": _shares([result.language for result in results]),
            "sentiment": _moods(results),
            "metrics": {},
        },
        primary_category="food_and_drink",
        engines=[{"engine": "local", "version": "1", "posts": len(results)}],
        analysed_count=len(results),
        total_count=profile.posts.count(),
        analysed_at=timezone.now(),
    )


def _shares(labels: list[str]) -> list[dict[str, Any]]:
    counted = sorted(((labels.count(one), one) for one in set(labels)), reverse=True)
    return [{"label": one, "n": n, "share": 100 * n / len(labels)} for n, one in counted]


def _moods(results: list[TextResult]) -> dict[str, Any]:
    if not results:
        return {"mean": None, "positive": None, "neutral": None, "negative": None, "n": 0}
    shares = {row["label"]: row["share"] for row in _shares([result.sentiment for result in results])}
    mean = sum(result.sentiment_score for result in results) / len(results)
    return {"mean": mean, "n": len(results)} | {
        mood: shares.get(mood, 0) for mood in ("positive", "neutral", "negative")
    }
