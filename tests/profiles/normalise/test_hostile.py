"""Whatever upstream sends: nothing is raised, no number is invented, everything can be stored."""

import copy
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.profiles.normalise import read_comments, read_post_page, read_profile, read_single_post
from tests.profiles.making import make_node, make_user
from tests.support.demanding import DATA

_NAMES = (
    "decodo/envelope_adrianhorning_2025.json",
    "instagram/profiles/robertdowneyjr_2022_private_api_v1_user.json",
    "instagram/posts/scrapecreators_v2_user_posts.json",
    "instagram/posts/scrapecreators_xdt_shortcode_media.json",
    "instagram/comments/shortcode_media_comments_a.json",
)
_POISON = [
    None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 10**50, -(10**50), "", "\x00", "\ud800", "x" * 20_000,
    "12K", [], {}, [None], {"count": None}, {"edges": None}, {"edges": [None]}, {"count": {"count": 1}}, [[[]]], "http://[",
    "1e9",
]  # fmt: skip
_READERS = (read_profile, read_post_page, read_single_post, read_comments)


def payloads():
    real = [json.loads((DATA / name).read_text()) for name in _NAMES] if DATA.is_dir() else []
    real = [item["results"][0]["content"] if "results" in item else item for item in real]
    return [*real, {"data": {"user": make_user()}}, make_node("CODE0000001")]


_PAYLOADS = payloads()


def places(value, found=None):
    """Every container with each of its keys."""
    found = [] if found is None else found
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append((value, key))
        places(value[key], found)
    return found


def numbers_in(value):
    """Every whole number that stands in a payload, bare or as text."""
    if isinstance(value, bool):
        return set()
    if isinstance(value, int | float):
        return {value}
    if isinstance(value, str):
        text = value.strip().replace(",", "")
        return {int(text)} if text.lstrip("-").isascii() and text.lstrip("-").isdecimal() and len(text) < 30 else set()
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(numbers_in(item) for item in items)) if items else set()


def check_post(post, known):
    for count in (post.likes, post.comments, post.views, post.plays):
        assert count is None or (0 <= count <= 10**12 and count in known)
    assert not (post.likes_hidden and post.likes is not None)
    for text in (post.caption, post.alt_text, post.thumbnail_url, *post.hashtags, *post.mentions):
        text.encode()
        assert "\x00" not in text


@pytest.mark.parametrize("index", range(len(_PAYLOADS)))
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), hits=st.integers(1, 12))
def test_mutated_payloads_never_raise_and_never_invent_a_number(index, seed, hits):
    rng = random.Random(seed)
    payload = copy.deepcopy(_PAYLOADS[index])
    for _ in range(hits):
        spots = places(payload)
        if spots:
            holder, key = rng.choice(spots)
            holder[key] = copy.deepcopy(rng.choice(_POISON))
    known = numbers_in(payload)

    profile = read_profile(payload)
    if profile is not None:
        for count in (profile.followers, profile.following, profile.posts_count, profile.highlights_count):
            assert count is None or count in known
        for post in profile.timeline.posts:
            check_post(post, known)
    for post in read_post_page(payload).posts:
        check_post(post, known)
    for comment in read_comments(payload):
        comment.text.encode()


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["data", "user", "username", "edges", "node", "items", "id", "count", "text"]), inner
        )
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("read", _READERS)
@settings(max_examples=80, deadline=None)
@given(payload=_json)
def test_any_json_is_read_without_an_error(read, payload):
    read(payload)
