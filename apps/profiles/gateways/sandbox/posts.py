"""Synthetic posts: when, what, and how they were received."""

import random
from datetime import UTC, date, datetime, timedelta

from apps.profiles.normalise import PostData, find_hashtags, find_mentions
from apps.profiles.normalise.shortcodes import id_to_shortcode

from .chance import dice, spread, stable_number
from .personas import Character

# As many posts as this are shown; older ones have scrolled away.
SHOWN = 36
_DAYS_BACK = 240
_EMOJI = {
    "food": "🍅🍋🥖🍲", "fashion": "👗🧥👟✨", "beauty": "💄✨🌸", "fitness": "💪🏽🏋️‍♀️🔥", "travel": "🏔️🚆🌊",
    "photography": "📷🌅", "technology": "💻🔌", "gaming": "🎮👾", "music": "🎸🎶", "art": "🎨🖌️", "education": "📚✏️",
    "business": "📈🧾", "parenting": "👨‍👩‍👧‍👧🧸", "pets": "🐶🐾", "home": "🪴🏡", "sports": "⚽🏃🏽‍♀️", "health": "🌿😴",
    "comedy": "😂🙃", "books": "📖☕", "cars": "🚗🔧",
}  # fmt: skip
_BRANDS = {
    "food": ("kilnandco", "oliva.norte"), "fashion": ("nordhaus.studio", "atelier.lune"), "beauty": ("saltbloom.skin", "halo.botanica"),
    "fitness": ("ironleaf.gear", "pulse.oats"), "travel": ("nachtbahn", "cabin.collective"), "photography": ("lumen.lenses", "papergrain"),
    "technology": ("voltdesk", "quietchip"), "gaming": ("lanternworks", "pixelharbor"), "music": ("cedar.strings", "loopbird"),
    "art": ("pigment.house", "fine.line.paper"), "education": ("brightslate", "notewise"), "business": ("ledgerly.app", "plainbooks"),
    "parenting": ("tinyharvest", "moonpillow"), "pets": ("good.nose", "pawpantry"), "home": ("terra.paints", "loomnest"),
    "sports": ("ridgeline.run", "fairplay.kit"), "health": ("restwell.co", "tea.of.day"), "comedy": ("snackdragon", "talkbox.app"),
    "books": ("paperboat.books", "readlamp"), "cars": ("amperoad", "old.garage.oil"),
}  # fmt: skip


def make_posts(character: Character, *, now: datetime, limit: int = SHOWN) -> tuple[PostData, ...]:
    """The newest `limit` posts at `now`, newest first. The same post has the same content at every call."""
    times = sorted(_posting_times(character, now), reverse=True)[:limit]
    return tuple(_make_post(character, moment) for moment in times)


def count_posts(character: Character, *, since: date, now: datetime) -> int:
    """How many posts were made from a day on."""
    days = (since + timedelta(days=n) for n in range((now.date() - since).days + 1))
    return sum(1 for day in days if (moment := _posting_time(character, day)) and moment <= now)


def _posting_times(character: Character, now: datetime) -> list[datetime]:
    today = now.date()
    days = (today - timedelta(days=back) for back in range(_DAYS_BACK))
    times = (moment for day in days if (moment := _posting_time(character, day)))
    return [moment for moment in times if moment <= now]


def _posting_time(character: Character, day: date) -> datetime | None:
    """The one time a creator posts on `day`, if at all: rarely on Saturdays, around its hour, later on weekends."""
    rng = dice("day", character.handle, day.isoformat())
    weekend = day.weekday() >= 5
    if rng.random() > character.posts_a_week / 7 * (0.7 if weekend else 1.12):
        return None
    hour = round(rng.gauss(character.best_hour + (1.5 if weekend else 0), 2.2)) % 24
    return datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60), tzinfo=UTC)


def _make_post(character: Character, taken_at: datetime) -> PostData:
    rng = dice("post", character.handle, taken_at.isoformat())
    external_id = str(2**61 + stable_number("post", character.handle, taken_at.isoformat()) // 2)
    shortcode = id_to_shortcode(external_id)
    kind = _kind(character, rng)
    brand = rng.choice(_BRANDS[character.persona.category]) if rng.random() < character.sponsored_share else ""
    caption = _caption(character, rng, brand)
    likes, comments, plays = _reception(character, rng, kind=kind, taken_at=taken_at, paid=bool(brand))
    hidden = rng.random() < character.hidden_share
    tagged = (rng.choice(_BRANDS[character.persona.category]),) if rng.random() < 0.12 else ()
    square = kind == "reel"
    return PostData(
        external_id=external_id,
        shortcode=shortcode,
        type=kind,
        product_type="clips" if kind == "reel" else "feed",
        caption=caption,
        taken_at=taken_at,
        likes=None if hidden else likes,
        likes_hidden=hidden,
        comments=comments,
        views=round(plays * rng.uniform(0.62, 0.85)) if plays else None,
        plays=plays,
        duration=round(rng.uniform(7, 88), 1) if plays else None,
        carousel_size=rng.randint(2, 9) if kind == "carousel" else None,
        is_sponsored=bool(brand) and rng.random() < 0.7,
        owner_external_id=f"sandbox-{character.handle}",
        owner_username=character.handle,
        tagged=tagged,
        sponsors=(brand,) if brand else (),
        hashtags=find_hashtags(caption),
        mentions=find_mentions(caption),
        location={"name": character.city, "country_code": character.country} if rng.random() < 0.3 else None,
        music={"title": "Original audio", "artist": character.handle, "original": True} if plays else None,
        width=1080,
        height=1920 if square else 1350,
        thumbnail_url=f"sandbox://post/{character.persona.category}/{shortcode}",
    )


def _kind(character: Character, rng: random.Random) -> str:
    draw = rng.random()
    if draw < character.reel_share:
        return "reel"
    return "carousel" if draw < character.reel_share + character.carousel_share else "photo"


def _caption(character: Character, rng: random.Random, brand: str) -> str:
    lexicon, category = character.lexicon, character.persona.category
    if rng.random() < 0.03:
        return ""
    stop = "।" if lexicon.code == "hi" else "."
    parts = [rng.choice(lexicon.openers)] if rng.random() < 0.45 else []
    parts.append(rng.choice(lexicon.topics[category]) + stop + " " + rng.choice(_emoji_of(category)))
    if brand:
        parts.append(rng.choice(lexicon.partner).format(brand=brand))
    if rng.random() < 0.6:
        parts.append(rng.choice(lexicon.closers))
    tags = rng.sample(lexicon.tags[category], k=rng.randint(1, 3))
    if brand:
        tags = ["ad", lexicon.ad_tag, *tags]
    return "\n".join(parts) + "\n\n" + " ".join(f"#{tag}" for tag in tags)


def _emoji_of(category: str) -> list[str]:
    """Whole emoji: a sequence joined by ZWJ or followed by a modifier stays together."""
    found: list[str] = []
    for char in _EMOJI[category]:
        joins = found and (char in "\u200d\ufe0f♀♂" or "🏻" <= char <= "🏿" or found[-1].endswith("\u200d"))
        if joins:
            found[-1] += char
        else:
            found.append(char)
    return found


def _reception(
    character: Character, rng: random.Random, *, kind: str, taken_at: datetime, paid: bool
) -> tuple[int, int, int | None]:
    """Likes, comments and a reel's plays. Paid posts do a little worse, the creator's own hour a little better."""
    followers = character.followers_at(taken_at)
    factor = {"reel": 1.2, "carousel": 1.1, "photo": 0.9}[kind] * (0.78 if paid else 1.0)
    near = min(abs(taken_at.hour - character.best_hour), 24 - abs(taken_at.hour - character.best_hour))
    factor *= 1.12 if near <= 1 else 1.0
    total = followers * character.engagement * factor * spread(rng, 0.34)
    comments = round(total * min(0.2, 0.022 * spread(rng, 0.55)))
    likes = max(1, round(total) - comments)
    plays = round(max(likes * 3.2, followers * 0.34 * spread(rng, 0.6))) if kind == "reel" else None
    return likes, comments, plays
