"""Sources in order: on after an error or a missing capability, never after "not found"."""

import pytest

from apps.profiles import gateways
from apps.profiles.errors import SourceUnavailable
from apps.profiles.gateways import AccountAbsent
from apps.profiles.models import Profile
from apps.profiles.services import refresh_profile
from tests.fakes import decodo as says
from tests.fakes.apify import FakeApify
from tests.profiles.making import make_node, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(decodo, settings):
    """Apify behind Decodo."""
    with FakeApify() as fake:
        settings.PROFILE_SOURCES = ["decodo", "apify"]
        settings.APIFY_BASE_URL, settings.APIFY_TOKEN = fake.base_url, "t"
        fake.add("someone", "details", [{"id": "101", "username": "someone", "followersCount": 9, "postsCount": 0}])
        yield fake


def ask(username="someone"):
    return gateways.fetch_profile(username, keep_alive=lambda: None)


@pytest.mark.parametrize("reply", [says.UNSUPPORTED, says.FORBIDDEN, says.BROKEN, says.INVALID, says.FAULTED])
def test_the_next_source_answers_after_an_error(decodo, second, reply):
    decodo.fail("someone", reply)

    answer = ask()

    assert (answer.source, answer.data.followers) == ("apify", 9)


def test_not_found_is_conclusive(decodo, second):
    with pytest.raises(AccountAbsent):
        ask()
    assert second.asked == []


def test_a_withdrawn_source_is_left_alone_from_then_on(decodo, second):
    decodo.fail("someone", says.UNSUPPORTED)

    assert [ask().source for _ in range(3)] == ["apify"] * 3
    assert len(decodo.asked) == 1


def test_a_missing_capability_goes_to_who_has_it(decodo, second):
    second.add("someone", "posts", [{"id": "5", "type": "Image", "shortCode": "ABCDEFGHIJK", "likesCount": 3}])

    page = gateways.fetch_posts("someone", limit=12, synthetic=False, keep_alive=lambda: None)

    assert (page.source, page.data.posts[0].likes) == ("apify", 3)
    assert decodo.asked == []


def test_posts_that_the_profile_lacks_come_from_the_other_source(decodo, second):
    decodo.add(make_user(nodes=[]))
    second.add("someone", "posts", [{"id": "5", "type": "Image", "shortCode": "ABCDEFGHIJK", "likesCount": 3}])

    profile = refresh_profile(username="someone").profile

    assert (profile.source, profile.followers) == ("decodo", 5000)
    assert [post.likes for post in profile.posts.all()] == [3]


def test_more_posts_are_fetched_where_wanted(decodo, second, settings):
    settings.PROFILE_POSTS_LIMIT = 30
    decodo.add(make_user(nodes=[make_node("CODE0000001")]))
    items = [{"id": str(n), "type": "Image", "shortCode": f"POST000000{n}", "likesCount": n} for n in range(1, 9)]
    second.add("someone", "posts", items)

    assert refresh_profile(username="someone").profile.posts.count() == 8
    assert second.asked[0].body["resultsLimit"] == 30


def test_the_sandbox_answers_only_its_published_names_beside_others(decodo, settings):
    settings.PROFILE_SOURCES = ["decodo", "sandbox"]
    decodo.fail("someone", says.BROKEN)
    decodo.fail("lena.cooks", says.BROKEN)

    assert ask("lena.cooks").synthetic
    with pytest.raises(SourceUnavailable) as refused:
        ask("someone")
    assert refused.value.details == {"reasons": {"decodo": "http_500", "sandbox": "query_refused"}}


def test_a_real_creator_never_gets_synthetic_posts(decodo, settings):
    settings.PROFILE_SOURCES = ["decodo", "sandbox"]
    decodo.add(make_user("lena.cooks", nodes=[]))

    profile = refresh_profile(username="lena.cooks").profile

    assert (profile.synthetic, profile.posts.count()) == (False, 0)


def test_a_real_account_takes_its_name_from_a_synthetic_one(decodo, settings):
    settings.PROFILE_SOURCES = ["sandbox"]
    refresh_profile(username="lena.cooks")
    settings.PROFILE_SOURCES = ["decodo", "sandbox"]
    decodo.add(make_user("lena.cooks"))

    profile = refresh_profile(username="lena.cooks").profile

    assert (profile.synthetic, profile.followers, profile.snapshots.filter(synthetic=True).count()) == (False, 5000, 0)
    assert Profile.objects.filter(username="lena.cooks", handle_lost_at__isnull=True).count() == 1


def test_only_sources_of_the_wanted_kind_are_asked(decodo, settings):
    settings.PROFILE_SOURCES = ["decodo", "sandbox"]
    decodo.add(make_user("lena.cooks"))

    stored = refresh_profile(username="lena.cooks", synthetic=True)

    assert (stored.source, stored.profile.synthetic) == ("sandbox", True)
    assert decodo.asked == []


def test_a_synthetic_creator_survives_a_source_that_does_not_know_it(decodo, settings):
    settings.PROFILE_SOURCES = ["decodo", "sandbox"]
    refresh_profile(username="lena.cooks", synthetic=True)

    again = refresh_profile(username="lena.cooks")

    assert (again.source, again.reason, again.profile.unavailable_at) == ("sandbox", "refreshed", None)
    assert decodo.count("lena.cooks") == 1


def test_a_real_creator_is_never_given_synthetic_data(decodo, settings):
    settings.PROFILE_SOURCES = ["decodo", "sandbox"]
    decodo.add(make_user(username="lena.cooks"))
    refresh_profile(username="lena.cooks")
    decodo.fail("lena.cooks", says.FAULTED)

    again = refresh_profile(username="lena.cooks")

    assert (again.stale, again.source, again.profile.followers) == (True, "decodo", 5000)
    assert not Profile.objects.filter(synthetic=True).exists()
