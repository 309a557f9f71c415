"""Refreshing a creator: what is stored, what is kept, what each failure leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.profiles.errors import InvalidUsername, ProfileNotFound, SourceUnavailable
from apps.profiles.metrics import compute_metrics
from apps.profiles.models import AbsentHandle, Post, PreviousUsername, Profile, RawPayload, Snapshot
from apps.profiles.selectors import find_profile, get_facts, get_preview
from apps.profiles.services import refresh_profile
from apps.profiles.signals import profile_refreshed
from tests.fakes import decodo as says
from tests.profiles.making import make_node, make_user

pytestmark = pytest.mark.django_db


def test_a_first_refresh_stores_profile_posts_snapshot_and_raw_answer(decodo):
    decodo.add(make_user())

    refresh = refresh_profile(username="@SomeOne")

    assert (refresh.created, refresh.source, refresh.stale, refresh.reason) == (True, "decodo", False, "refreshed")
    profile = Profile.objects.get()
    assert (profile.username, profile.external_id, profile.followers, profile.posts_count) == (
        "someone",
        "101",
        5000,
        40,
    )
    assert profile.engagement_rate == pytest.approx(2.2)
    assert Post.objects.count() == 4
    assert list(Snapshot.objects.values_list("followers", "median_likes", "posts_sampled")) == [(5000, 100.0, 4)]
    assert RawPayload.objects.get().source == "decodo"


def test_a_snapshot_never_mixes_views_with_plays(decodo):
    more = {"is_video": True, "video_play_count": 9_000}
    nodes = [make_node(f"CODE000000{n}", video_view_count=views, **more) for n, views in enumerate((100, 300, 0, None))]
    decodo.add(make_user(nodes=nodes))

    profile = refresh_profile(username="someone").profile

    assert Snapshot.objects.get().median_views == 200.0
    assert compute_metrics(get_facts(profile))["views.median"].value == 200.0


def test_the_same_answer_again_changes_nothing(decodo):
    decodo.add(make_user())
    first = refresh_profile(username="someone").profile

    second = refresh_profile(username="someone").profile

    assert second.version == first.version == 1
    assert (Post.objects.count(), Snapshot.objects.count(), RawPayload.objects.count()) == (4, 1, 1)
    assert second.refreshed_at > first.refreshed_at


def test_changed_counts_make_a_version_and_a_snapshot(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")
    decodo.add(make_user(edge_followed_by={"count": 5_100}))

    profile = refresh_profile(username="someone").profile

    assert (profile.followers, profile.version) == (5100, 2)
    assert list(Snapshot.objects.values_list("followers", flat=True)) == [5000, 5100]


def test_a_picture_signed_anew_is_no_change(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")
    nodes = [make_node(f"CODE{n:07d}", taken_at=1_760_000_000 - n * 86_400) for n in range(4)]
    for node in nodes:
        node["display_url"] = node["display_url"].replace("sig=1", "sig=2")
    decodo.add(make_user(nodes=nodes))

    assert refresh_profile(username="someone").profile.version == 1
    assert Post.objects.first().thumbnail_source_url.endswith("sig=2")


def test_a_young_profile_is_not_asked_for(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")

    refresh = refresh_profile(username="someone", max_age=timedelta(hours=1))

    assert (refresh.reason, refresh.created) == ("fresh", False)
    assert decodo.count("someone") == 1


def test_an_unknown_handle_is_believed_for_an_hour(decodo):
    with pytest.raises(ProfileNotFound):
        refresh_profile(username="nobody")
    with pytest.raises(ProfileNotFound):
        refresh_profile(username="nobody")
    assert decodo.count("nobody") == 1
    assert Profile.objects.count() == 0
    assert AbsentHandle.objects.get().source == "decodo"

    AbsentHandle.objects.update(concluded_at=timezone.now() - timedelta(minutes=61))
    decodo.add(make_user("nobody"))

    assert refresh_profile(username="nobody").created
    assert AbsentHandle.objects.count() == 0


@pytest.mark.parametrize("text", ["", "a b", ".dot", "a..b", "x" * 31, "naïve", "https://example.com/name", "name!"])
def test_a_bad_handle_is_refused_before_anybody_is_asked(decodo, text):
    with pytest.raises(InvalidUsername):
        refresh_profile(username=text)
    assert decodo.asked == []


def test_a_failing_source_leaves_the_stored_profile_marked_stale(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")
    decodo.fail("someone", says.BROKEN)

    refresh = refresh_profile(username="someone")

    assert (refresh.stale, refresh.reason, refresh.created) == (True, "source_unavailable", False)
    profile = Profile.objects.get()
    assert (profile.followers, profile.version, Post.objects.count()) == (5000, 1, 4)
    assert profile.stale_reason == "source_unavailable"
    del decodo.replies["someone"]
    assert refresh_profile(username="someone").profile.stale_since is None


def test_a_failing_source_with_nothing_stored_is_unavailable(decodo):
    decodo.fail("someone", says.BROKEN)

    with pytest.raises(SourceUnavailable) as refused:
        refresh_profile(username="someone")

    assert refused.value.details == {"reasons": {"decodo": "http_500"}}
    assert Profile.objects.count() == 0


def test_a_vanished_account_keeps_what_is_stored(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")
    decodo.contents.clear()

    refresh = refresh_profile(username="someone")

    assert (refresh.stale, refresh.reason) == (True, "account_unavailable")
    assert Profile.objects.get().unavailable_at is not None
    assert Post.objects.count() == 4
    AbsentHandle.objects.all().delete()
    decodo.add(make_user())
    assert refresh_profile(username="someone").profile.unavailable_at is None


def test_a_renamed_account_keeps_its_history(decodo):
    decodo.add(make_user("old.name"))
    stored = refresh_profile(username="old.name").profile
    decodo.contents.clear()
    decodo.add(make_user("new.name"))

    renamed = refresh_profile(username="new.name").profile

    assert (renamed.pk, renamed.username) == (stored.pk, "new.name")
    assert list(PreviousUsername.objects.values_list("username", flat=True)) == ["old.name"]
    assert find_profile("old.name") == renamed
    assert refresh_profile(username="old.name").reason == "renamed"


def test_an_answer_under_another_name_remembers_the_asked_one(decodo):
    decodo.add(make_user("new.name"), username="old.name")

    profile = refresh_profile(username="old.name").profile

    assert profile.username == "new.name"
    assert find_profile("old.name") == profile


def test_a_handle_taken_over_by_another_account_is_a_new_profile(decodo):
    decodo.add(make_user())
    first = refresh_profile(username="someone").profile
    decodo.add(make_user(id="202", edge_followed_by={"count": 7}))

    second = refresh_profile(username="someone").profile

    first.refresh_from_db()
    assert second.pk != first.pk
    assert (second.external_id, second.followers) == ("202", 7)
    assert first.handle_lost_at is not None
    assert first.posts.count() == 4
    assert find_profile("someone") == second


def test_two_accounts_that_swap_names_both_survive(decodo):
    decodo.add(make_user("aaa"))
    decodo.add(make_user("bbb", id="202"))
    first, second = (refresh_profile(username=name).profile for name in ("aaa", "bbb"))
    decodo.add(make_user("bbb"))
    decodo.add(make_user("aaa", id="202"))

    for name in ("aaa", "bbb"):
        refresh_profile(username=name)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.username, first.handle_lost_at) == ("bbb", None)
    assert (second.username, second.handle_lost_at) == ("aaa", None)


def test_a_post_that_is_no_longer_shown_is_kept_and_marked(decodo):
    days = [make_node(f"CODE{n:07d}", taken_at=1_760_000_000 - n * 86_400) for n in range(5)]
    decodo.add(make_user(nodes=days))
    refresh_profile(username="someone")
    decodo.add(make_user(nodes=[days[0], days[2], days[3]]))

    profile = refresh_profile(username="someone").profile

    gone = Post.objects.filter(missing_since__isnull=False)
    assert [post.shortcode for post in gone] == ["CODE0000001"], "older than the page: nothing can be concluded"
    assert profile.version == 2
    decodo.add(make_user(nodes=days))
    refresh_profile(username="someone")
    assert not Post.objects.filter(missing_since__isnull=False).exists()


def test_a_pinned_old_post_concludes_nothing(decodo):
    days = [make_node(f"CODE{n:07d}", taken_at=1_760_000_000 - n * 86_400) for n in range(6)]
    decodo.add(make_user(nodes=days))
    refresh_profile(username="someone")
    decodo.add(make_user(nodes=[{**days[5], "pinned_for_users": [{"id": "101"}]}, days[0], days[1]]))

    refresh_profile(username="someone")

    assert not Post.objects.filter(missing_since__isnull=False).exists()


def test_a_pinned_old_post_without_its_mark_concludes_nothing_either(decodo):
    days = [make_node(f"CODE{n:07d}", taken_at=1_760_000_000 - n * 86_400) for n in range(6)]
    decodo.add(make_user(nodes=days))
    refresh_profile(username="someone")
    decodo.add(make_user(nodes=[days[5], days[0], days[1]]))

    refresh_profile(username="someone")

    assert not Post.objects.filter(missing_since__isnull=False).exists()
    assert Post.objects.get(is_pinned=True).shortcode == "CODE0000005"


@pytest.mark.parametrize(("posts_count", "gone"), [(40, 0), (2, 1)])
def test_the_end_of_a_timeline_is_believed_only_when_all_posts_were_shown(decodo, posts_count, gone):
    days = [make_node(f"CODE{n:07d}", taken_at=1_760_000_000 - n * 86_400) for n in range(3)]
    decodo.add(make_user(nodes=days))
    refresh_profile(username="someone")
    user = make_user(nodes=days[:2])
    user["edge_owner_to_timeline_media"].update(count=posts_count, page_info={"has_next_page": False})
    decodo.add(user)

    refresh_profile(username="someone")

    assert Post.objects.filter(missing_since__isnull=False).count() == gone


def test_likes_hidden_later_become_null_and_come_back(decodo):
    node = make_node("CODE0000001")
    decodo.add(make_user(nodes=[node]))
    refresh_profile(username="someone")
    decodo.add(make_user(nodes=[{**node, "edge_liked_by": {"count": -1}, "edge_media_preview_like": {"count": -1}}]))

    refresh_profile(username="someone")

    assert Post.objects.values_list("likes", "likes_hidden").get() == (None, True)
    decodo.add(make_user(nodes=[node]))
    refresh_profile(username="someone")
    assert Post.objects.values_list("likes", "likes_hidden").get() == (100, False)


def test_missing_counts_keep_the_known_ones_and_say_so(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")
    user = make_user()
    del user["edge_followed_by"]
    decodo.add(user)

    profile = refresh_profile(username="someone").profile

    assert (profile.followers, profile.flags) == (5000, ["followers_not_refreshed"])


def test_what_cannot_be_right_is_marked_and_kept(decodo):
    nodes = [make_node(f"CODE{n:07d}", likes=153_269, taken_at=1_760_000_000 - n * 86_400) for n in range(3)]
    decodo.add(make_user(nodes=nodes, edge_followed_by={"count": 80_080}))
    refresh_profile(username="someone")

    profile = Profile.objects.get()
    assert (profile.followers, profile.flags) == (80_080, ["likes_above_followers"])

    decodo.add(make_user(edge_followed_by={"count": 8_008}))
    assert "followers_dropped" in refresh_profile(username="someone").profile.flags


def test_a_private_account_is_a_preview_without_posts(decodo):
    decodo.add(make_user(nodes=[], is_private=True))

    preview = get_preview(refresh_profile(username="someone").profile)

    assert preview["is_private"] is True
    assert (preview["followers"], preview["posts_count"]) == (5000, 40)
    assert preview["engagement_rate"]["status"] == "unavailable"


def test_an_empty_account_is_no_failure(decodo):
    user = make_user(nodes=[])
    user["edge_owner_to_timeline_media"] = {"count": 0, "page_info": {"has_next_page": False}, "edges": []}
    decodo.add(user)

    profile = refresh_profile(username="someone").profile

    assert (profile.posts_count, profile.posts.count()) == (0, 0)
    assert len(decodo.asked) == 1


def test_upper_apps_hear_of_new_data_once(decodo):
    heard = []
    profile_refreshed.connect(lambda sender, profile_id, **_: heard.append(profile_id), weak=False, dispatch_uid="t")
    decodo.add(make_user())
    try:
        profile = refresh_profile(username="someone").profile
        refresh_profile(username="someone", max_age=timedelta(days=1))
    finally:
        profile_refreshed.disconnect(dispatch_uid="t")

    assert heard == [profile.pk]


def test_a_suppressed_creator_is_not_there(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")
    Profile.objects.update(suppressed_at=timezone.now())

    with pytest.raises(ProfileNotFound):
        refresh_profile(username="someone")
    assert find_profile("someone") is None


def test_a_suppressed_creator_does_not_come_back_under_a_new_name(decodo):
    decodo.add(make_user())
    refresh_profile(username="someone")
    Profile.objects.update(suppressed_at=timezone.now())
    decodo.add(make_user("new.name", edge_followed_by={"count": 9}))

    with pytest.raises(ProfileNotFound):
        refresh_profile(username="new.name")

    assert Profile.objects.values_list("username", "followers").get() == ("someone", 5000)


def test_what_postgresql_cannot_hold_is_taken_out(decodo):
    user = make_user(biography="a\x00b\ud800c")
    user["edge_owner_to_timeline_media"]["edges"][0]["node"]["edge_media_to_caption"] = {
        "edges": [{"node": {"text": "nul \x00 here \udfff"}}]
    }
    decodo.add(user)

    profile = refresh_profile(username="someone").profile

    assert profile.biography == "ab\ufffdc"
    assert Post.objects.filter(caption="nul  here \ufffd").exists()
