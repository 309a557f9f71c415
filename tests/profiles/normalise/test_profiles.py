"""Real profiles of 2020 to 2025: every count exact, every text as it came."""

import pytest

from apps.profiles.normalise import read_profile, says_absent
from tests.profiles.making import make_user

P = "instagram/profiles/"
RDJ = ("robertdowneyjr", "1518284433")
HORNING = ("adrianhorning", "2700692569")


def read(payload, name):
    content = payload(name)
    return read_profile(content["results"][0]["content"] if "results" in content else content)


@pytest.mark.parametrize(
    ("name", "username", "external_id", "followers", "following", "posts", "highlights", "shown", "related"),
    [
        ("decodo/envelope_adrianhorning_2025.json", *HORNING, 25116, 101, 71, 0, 1, 1),
        ("decodo/envelope_noholita_2021.json", "noholita", "3171067", 1011943, 320, 6562, 17, 0, 80),
        ("decodo/envelope_robertdowneyjr_2020.json", *RDJ, 46369616, 50, 455, 17, 12, 0),
        ("decodo/envelope_robertdowneyjr_2022.json", *RDJ, 52979346, 5, 419, 18, 0, 0),
        (P + "adrianhorning_2025_web_profile_info.json", *HORNING, 25116, 101, 71, 0, 1, 1),
        (P + "noholita_2021_graphql_80related.json", "noholita", "3171067", 1011943, 320, 6562, 17, 0, 80),
        (P + "robertdowneyjr_2020_graphql_12posts.json", *RDJ, 46369616, 50, 455, 17, 12, 0),
        (P + "robertdowneyjr_2022_private_api_v1_user.json", *RDJ, 50857062, 4, 400, None, 0, 0),
        (P + "robertdowneyjr_2022_web_profile_info.json", *RDJ, 52979346, 5, 419, 18, 0, 0),
        (P + "scrapecreators_basic_profile_v1.json", "zuck", "314216", 16101999, 617, 409, None, 0, 0),
    ],
)  # fmt: skip
def test_real_profiles(payload, name, username, external_id, followers, following, posts, highlights, shown, related):
    profile = read(payload, name)

    assert (profile.username, profile.external_id) == (username, external_id)
    assert (profile.followers, profile.following, profile.posts_count) == (followers, following, posts)
    assert (profile.highlights_count, len(profile.timeline.posts), len(profile.related)) == (highlights, shown, related)
    assert (profile.is_verified, profile.is_private, profile.flags) == (True, False, ())


def test_the_twelve_posts_of_2020_are_exact(payload):
    content = payload("decodo/envelope_robertdowneyjr_2020.json")["results"][0]["content"]
    nodes = [edge["node"] for edge in content["data"]["user"]["edge_owner_to_timeline_media"]["edges"]]

    posts = read_profile(content).timeline.posts

    assert [post.likes for post in posts] == [node["edge_liked_by"]["count"] for node in nodes]
    assert [post.comments for post in posts] == [node["edge_media_to_comment"]["count"] for node in nodes]
    assert [post.views for post in posts] == [node.get("video_view_count") for node in nodes]
    assert [int(post.taken_at.timestamp()) for post in posts] == [node["taken_at_timestamp"] for node in nodes]
    captions = ["".join(e["node"]["text"] for e in node["edge_media_to_caption"]["edges"]) for node in nodes]
    assert [post.caption for post in posts] == captions
    assert (posts[0].shortcode, posts[0].type, posts[0].likes) == ("CA8XHDAFiP6", "photo", 2351411)


def test_a_profile_of_2025_in_full(payload):
    profile = read(payload, "decodo/envelope_adrianhorning_2025.json")

    assert (profile.full_name, profile.biography, profile.category) == (
        "Adrian Horning",
        "Scraping the web",
        "Entrepreneur",
    )
    assert (profile.external_url, len(profile.links)) == ("https://scrapecreators.com/", 2)
    assert profile.links[0] == {"url": "https://scrapecreators.com", "title": "Social Media APIs"}
    assert (profile.is_business, profile.is_professional, profile.business_email) == (True, True, "")
    assert profile.metadata.address["city"] == "Austin, Texas"
    (post,) = profile.timeline.posts
    assert (post.type, post.likes, post.comments, post.views, post.plays) == ("reel", 126, 12, 1318, None)
    assert post.music == {
        "artist": "adrianhorning",
        "title": "Original audio",
        "id": "577003721993612",
        "original": True,
    }
    assert profile.timeline.has_more is True


def test_the_displayed_page_of_2023_is_marked_approximate(payload):
    profile = read_profile(payload("decodo/official_v1_instagram_profile_nba_2023.json"))

    assert (profile.username, profile.external_id) == ("nba", None)
    assert (profile.followers, profile.following, profile.posts_count) == (76_500_000, 1108, 56_793)
    assert profile.flags == ("counts_approximate",)
    assert (profile.category, profile.external_url, len(profile.related)) == (
        "Sports league",
        "https://linkin.bio/nba",
        80,
    )
    assert len(profile.timeline.posts) == 12
    assert {(post.likes, post.comments) for post in profile.timeline.posts} == {(None, None)}
    assert profile.timeline.posts[0].shortcode == "CpCLWcSMTxa"


@pytest.mark.parametrize(
    "payload", [{"data": {"user": None}}, {"data": {"user": None}, "status": "ok"}, {"graphql": {"user": None}}]
)
def test_instagrams_own_word_for_nobody(payload):
    assert says_absent(payload)
    assert read_profile(payload) is None


@pytest.mark.parametrize(
    "payload", [None, [], {}, "x", 5, {"data": []}, {"data": {"user": []}}, {"user": {"username": "x y"}}]
)
def test_what_is_no_profile_is_none(payload):
    assert read_profile(payload) is None
    assert not says_absent(payload)


@pytest.mark.parametrize("value", ["lots", "76.5M", True, 1.5, -5, float("inf"), 10**40, [], {}])
def test_a_wrong_count_is_refused_and_named(value):
    profile = read_profile(make_user(edge_followed_by={"count": value}))

    assert (profile.followers, profile.following) == (None, 300)
    assert profile.flags == ("followers_refused",)


@pytest.mark.parametrize(("value", "count"), [(5000, 5000), ("5000", 5000), ("5,000", 5000), (5000.0, 5000), (0, 0)])
def test_a_right_count_in_any_dress(value, count):
    assert read_profile(make_user(edge_followed_by={"count": value})).followers == count


def test_a_missing_count_is_null_not_zero():
    user = make_user()
    del user["edge_followed_by"], user["edge_follow"]

    profile = read_profile(user)

    assert (profile.followers, profile.following, profile.flags) == (None, None, ())


def test_one_bad_post_loses_only_itself():
    user = make_user()
    user["edge_owner_to_timeline_media"]["edges"] += [None, {"node": None}, {"node": {}}, 5, "x"]

    page = read_profile(user).timeline

    assert (len(page.posts), page.refused) == (4, 5)


def test_contacts_and_kind_of_the_private_api():
    user = {
        "pk": 7, "username": "Shop.Name", "follower_count": 10, "account_type": 2, "public_email": "hi@shop.example",
        "public_phone_country_code": "971", "public_phone_number": "501234567", "category": "Shop", "media_count": 3,
        "city_name": "Dubai", "bio_links": [{"url": "https://a.example", "title": "A"}, {"url": "javascript:x"}],
    }  # fmt: skip

    profile = read_profile({"user": user})

    assert (profile.username, profile.is_professional, profile.category) == ("shop.name", True, "Shop")
    assert (profile.business_email, profile.business_phone) == ("hi@shop.example", "+971501234567")
    assert profile.links == ({"url": "https://a.example", "title": "A"},)
    assert profile.metadata.address == {"city": "Dubai"}


def test_posts_beside_the_user_are_its_timeline():
    """The feeds of 2025 keep the posts in a connection of their own."""
    node = {"code": "DEiyb48AeB9", "pk": "3540614075954356349", "like_count": 126, "comment_count": 12, "media_type": 1,
            "caption": {"text": "hi #there"}, "taken_at": 1736294201}  # fmt: skip
    connection = {"edges": [{"node": node}], "page_info": {"has_next_page": True}}
    user = {"pk": 7, "username": "someone", "follower_count": 10, "media_count": 1}

    profile = read_profile({"data": {"user": user, "xdt_api__v1__feed__user_timeline_graphql_connection": connection}})

    (post,) = profile.timeline.posts
    assert (profile.followers, post.likes, post.comments, post.hashtags) == (10, 126, 12, ("there",))


def test_an_account_without_any_count_is_still_an_account():
    profile = read_profile({"data": {"user": {"id": "7", "username": "someone", "full_name": "S", "is_private": True}}})

    assert (profile.external_id, profile.is_private, profile.followers) == ("7", True, None)


def test_text_is_bounded_and_kept_in_any_script():
    profile = read_profile(make_user(biography="مرحبا 👨‍👩‍👧‍👦 " + "x" * 5000, full_name="प्रिया 🌸"))

    assert profile.full_name == "प्रिया 🌸"
    assert profile.biography.startswith("مرحبا 👨‍👩‍👧‍👦 x")
    assert (len(profile.biography), profile.flags) == (2000, ("biography_cut",))


@pytest.mark.parametrize(
    ("written", "read"), [(True, True), (1, True), (0, False), ("yes", None), (2, None), ([], None)]
)
def test_yes_and_no_may_be_written_as_bits(written, read):
    profile = read_profile({"username": "someone", "id": "1", "full_name": "", "is_private": written})

    assert profile.is_private is read
