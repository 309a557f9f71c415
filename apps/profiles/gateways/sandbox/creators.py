"""Synthetic profiles: header, history, posts and neighbours, and the edge cases under their own handles."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from apps.profiles.normalise import MetadataData, PostPage, ProfileData, RelatedData, SnapshotData

from .chance import dice
from .personas import Character, character_of
from .posts import count_posts, make_posts
from .roster import CATEGORIES, PUBLISHED

_BEGINNING = date(2026, 1, 1)


def make_profile(handle: str, *, now: datetime) -> ProfileData:
    """The creator behind `handle` as of `now`: the same for everybody, growing from day to day."""
    name = "renamed.after" if handle == "renamed.before" else handle
    character = character_of(name)
    profile = _make(character, now)
    return _EDGES.get(name, lambda data: data)(profile)


def _make(character: Character, now: datetime) -> ProfileData:
    persona, lexicon = character.persona, character.lexicon
    rng = dice("header", persona.handle)
    email = f"hello@{persona.handle.replace('.', '-').replace('_', '-').strip('-')}.example"
    biography = rng.choice(lexicon.bios).format(job=character.job, city=character.city)
    says_email = rng.random() < 0.45
    if says_email:
        biography += "\n" + lexicon.contact.format(email=email)
    link = f"https://{persona.handle}.example/" if rng.random() < 0.6 else ""
    posts = make_posts(character, now=now)
    return ProfileData(
        username=persona.handle,
        external_id=f"sandbox-{persona.handle}",
        full_name=persona.full_name,
        biography=biography,
        external_url=link,
        links=({"url": link, "title": ""},) if link else (),
        category=CATEGORIES[persona.category],
        is_verified=persona.followers > 400_000 or rng.random() < 0.08,
        is_private=False,
        is_business=rng.random() < 0.6,
        is_professional=True,
        business_email=email if rng.random() < 0.35 else "",
        country_code=character.country,
        followers=character.followers_at(now),
        following=round(rng.uniform(120, 1_400)),
        posts_count=_posts_count(character, now),
        highlights_count=rng.randint(0, 24),
        avatar_url=f"sandbox://avatar/{persona.category}/{persona.handle}",
        metadata=MetadataData(account_type="3", has_reels=True, joined_recently=False),
        related=_neighbours(character),
        timeline=PostPage(posts=posts, has_more=True, contiguous=True),
        history=_history(character, now),
    )


def _posts_count(character: Character, now: datetime) -> int:
    """Grows by one with each post: those before 2026 by chance, then all that were made since."""
    before = dice("before", character.handle).randint(150, 1_900)
    return before + count_posts(character, since=_BEGINNING, now=now)


def _history(character: Character, now: datetime) -> tuple[SnapshotData, ...]:
    """Counts of the past thirteen months: weekly, and every other day of the last month. At midnight UTC."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = sorted({*range(7, 400, 7), *range(2, 32, 2)}, reverse=True)
    following = round(dice("header-following", character.handle).uniform(120, 1_400))
    return tuple(
        SnapshotData(taken_at=moment, followers=character.followers_at(moment), following=following)
        for moment in (midnight - timedelta(days=day) for day in days)
    )


def _neighbours(character: Character) -> tuple[RelatedData, ...]:
    same = [
        other
        for other in PUBLISHED.values()
        if other.handle != character.handle
        and (other.category == character.persona.category or other.language == character.persona.language)
    ]
    chosen = dice("neighbours", character.handle).sample(same, k=min(8, len(same)))
    return tuple(
        RelatedData(
            username=other.handle, external_id=f"sandbox-{other.handle}", full_name=other.full_name,
            is_verified=other.followers > 400_000, is_private=False,
            avatar_url=f"sandbox://avatar/{other.category}/{other.handle}",
        )
        for other in chosen
    )  # fmt: skip


def _private(data: ProfileData) -> ProfileData:
    return replace(data, is_private=True, timeline=PostPage(), history=(), related=())


def _empty(data: ProfileData) -> ProfileData:
    return replace(data, posts_count=0, timeline=PostPage(has_more=False, contiguous=True))


def _one_post(data: ProfileData) -> ProfileData:
    posts = data.timeline.posts[:1]
    return replace(data, posts_count=1, timeline=replace(data.timeline, posts=posts, has_more=False))


def _hidden(data: ProfileData) -> ProfileData:
    posts = tuple(replace(post, likes=None, likes_hidden=True) for post in data.timeline.posts)
    return replace(data, timeline=replace(data.timeline, posts=posts))


def _odd(data: ProfileData) -> ProfileData:
    """As a peer's real answer had it: 80,080 followers and 153,269 likes a post on average."""
    posts = tuple(replace(post, likes=153_269 + 211 * (n - 5)) for n, post in enumerate(data.timeline.posts[:12]))
    posts = tuple(replace(post, likes_hidden=False, plays=None, views=None) for post in posts)
    return replace(data, followers=80_080, history=(), timeline=replace(data.timeline, posts=posts))


_EDGES = {
    "private.person": _private,
    "empty.page": _empty,
    "one.post": _one_post,
    "hidden.likes": _hidden,
    "odd.numbers": _odd,
}
