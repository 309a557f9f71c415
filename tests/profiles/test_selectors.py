"""Reading the catalogue: by handle, as preview, as facts, by the first letters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.profiles.errors import InvalidUsername, ProfileNotFound
from apps.profiles.metrics import compute_metrics
from apps.profiles.models import PreviousUsername, Profile
from apps.profiles.selectors import (
    find_post,
    find_profile,
    get_facts,
    get_preview,
    get_profile,
    list_posts,
    list_profiles,
    suggest_profiles,
)
from apps.profiles.services import refresh_profile
from tests.profiles.making import make_node, make_user

pytestmark = pytest.mark.django_db
PREVIEW = {
    "username", "full_name", "avatar_url", "is_verified", "category", "followers", "posts_count", "engagement_rate",
    "email_available", "synthetic",
}  # fmt: skip


@pytest.fixture
def known():
    """`known("name", followers=5)`: a stored creator."""

    def make(username, **fields):
        return Profile.objects.create(
            username=username, source="decodo", external_id=f"id-{username}", refreshed_at=timezone.now(), **fields
        )

    return make


def test_a_creator_is_found_however_its_handle_is_typed(known):
    profile = known("some.one")

    assert find_profile("@Some.One") == profile
    assert find_profile("https://www.instagram.com/some.one/") == profile
    assert find_profile("another") is None
    with pytest.raises(ProfileNotFound):
        get_profile("another")
    with pytest.raises(InvalidUsername):
        get_profile("no such")


def test_a_current_handle_beats_a_former_one(known):
    former = known("new")
    PreviousUsername.objects.create(profile=former, username="shared")
    assert find_profile("shared") == former

    current = known("shared")

    assert find_profile("shared") == current
    assert list_profiles(["SHARED", "new", "bad name", "unknown"]) == {"shared": current, "new": former}


def test_a_preview_has_exactly_the_contracts_keys(decodo):
    decodo.add(make_user(business_email="a@b.example", category_name="Artist"))
    profile = refresh_profile(username="someone").profile

    preview = get_preview(profile)

    assert set(preview) == PREVIEW
    assert preview["engagement_rate"]["value"] == pytest.approx(2.2)
    assert preview["engagement_rate"]["method"] == "er.followers.median.v1"
    assert (preview["email_available"], preview["category"], preview["synthetic"]) == (True, "Artist", False)
    assert preview["avatar_url"] == "/media/placeholder/SO.svg"
    profile.is_private = True
    assert set(get_preview(profile)) == {*PREVIEW, "is_private"}


def test_an_address_in_the_biography_can_be_unlocked_too(decodo):
    decodo.add(make_user(biography="✉️ me@mail.example"))

    profile = refresh_profile(username="someone").profile

    assert (profile.biography_email, get_preview(profile)["email_available"]) == ("me@mail.example", True)


def test_a_preview_without_posts_says_why_it_has_no_rate(known):
    rate = get_preview(known("someone"))["engagement_rate"]

    assert (rate["value"], rate["status"], rate["unit"]) == (None, "unavailable", "percent")
    assert rate["reason"]


def test_facts_hold_what_metrics_need(decodo, known):
    nodes = [make_node(f"CODE{n:07d}", likes=90 + n, taken_at=1_760_000_000 - n * 86_400) for n in range(5)]
    decodo.add(make_user(nodes=nodes))
    profile = refresh_profile(username="someone").profile
    known("peer", followers=5_500, engagement_rate=3.5)
    known("larger", followers=50_000, engagement_rate=1.5)
    known("madeup", followers=5_500, engagement_rate=9.9, synthetic=True)

    facts = get_facts(profile)

    assert (facts.followers, facts.posts_count, len(facts.posts), len(facts.snapshots)) == (5000, 40, 5, 1)
    assert [post.likes for post in facts.posts] == [90, 91, 92, 93, 94]
    assert (facts.peers.tier, list(facts.peers.engagement_rates)) == ("micro", [3.5])
    metrics = compute_metrics(facts)
    assert metrics["engagement_rate.followers.median"].value == pytest.approx(profile.engagement_rate)


def test_facts_cost_a_few_queries_whatever_the_size(decodo, django_assert_num_queries):
    decodo.add(make_user(nodes=[make_node(f"CODE{n:07d}", taken_at=1_760_000_000 - n) for n in range(12)]))
    profile = refresh_profile(username="someone").profile

    with django_assert_num_queries(3):
        get_facts(profile)
    with django_assert_num_queries(0):
        get_preview(profile)
    with django_assert_num_queries(1):
        assert len(list(list_posts(profile))) == 12


def test_a_post_is_found_by_its_shortcode(decodo):
    decodo.add(make_user())
    profile = refresh_profile(username="someone").profile

    assert find_post("CODE0000002").profile == profile
    assert find_post("unknown") is None


def test_suggestions_begin_with_handles_that_begin_so(known):
    known("lena.cooks", full_name="Lena Winter", followers=10)
    known("lenabig", full_name="Other", followers=900)
    known("cooks.with.lena", full_name="Somebody", followers=5)
    known("unrelated", full_name="Helena Müller", followers=7)
    known("gone.lena", unavailable_at=timezone.now())
    known("removed.lena", suppressed_at=timezone.now())

    assert [profile.username for profile in suggest_profiles("@LEN")][:2] == ["lenabig", "lena.cooks"]
    assert {profile.username for profile in suggest_profiles("lena")} == {
        "lenabig", "lena.cooks", "cooks.with.lena", "unrelated",
    }  # fmt: skip
    assert [profile.username for profile in suggest_profiles("müll")] == ["unrelated"]
    assert [profile.username for profile in suggest_profiles("le")] == ["lenabig", "lena.cooks"]


@pytest.mark.parametrize("text", ["", " ", "@", "%", "\x00", "no%such_", "x" * 500])
def test_suggestions_for_nothing_are_none(known, text):
    known("someone")

    assert suggest_profiles(text) == []


def test_suggestions_are_at_most_eight(known, django_assert_max_num_queries):
    for n in range(12):
        known(f"lena{n}", followers=n)

    with django_assert_max_num_queries(2):
        assert len(suggest_profiles("lena", limit=50)) == 8


def test_purging_keeps_what_is_young(decodo):
    from apps.profiles.models import AbsentHandle, RawPayload, RefreshLease
    from apps.profiles.services import purge_expired

    decodo.add(make_user())
    refresh_profile(username="someone")
    AbsentHandle.objects.create(username="old", source="x", concluded_at=timezone.now() - timedelta(hours=2))
    assert purge_expired() == {"raw_payloads": 0, "absences": 1, "leases": 0, "tracked": 0}

    RawPayload.objects.update(expires_at=timezone.now() - timedelta(days=1))
    RefreshLease.objects.update(lease_until=timezone.now() - timedelta(days=2))

    assert purge_expired() == {"raw_payloads": 1, "absences": 0, "leases": 1, "tracked": 0}
