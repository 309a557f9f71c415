"""Hashtags and mentions in any script; handles as people type them."""

import pytest

from apps.profiles.errors import InvalidUsername
from apps.profiles.normalise import find_email, find_hashtags, find_mentions, normalise_username
from apps.profiles.normalise.flags import describe_flags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#Love and #LOVE", ("love",)),
        ("#a#b #c_d, #e-f!", ("a", "b", "c_d", "e")),
        ("#हिन्दी में #नमस्ते।", ("हिन्दी", "नमस्ते")),
        ("#إعلان #ساعة_ذهبية، نص", ("إعلان", "ساعة_ذهبية")),
        ("#日本 ＃東京タワー です", ("日本", "東京タワー")),
        ("#café #coksükürapt", ("café", "coksükürapt")),
        ("#สวัสดี", ("สวัสดี",)),
        ("#love❤️ #🔥", ("love",)),
        ("a#b https://x.y/#z &#39; # alone ##double", ("double",)),
        ("#100daysofcode #2024", ("100daysofcode", "2024")),
        ("", ()),
    ],
)
def test_hashtags(text, tags):
    assert find_hashtags(text) == tags


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("with @Some.One, @two_2! and (@three)", ("some.one", "two_2", "three")),
        ("end of sentence @name. Next", ("name",)),
        ("mail me at hi@shop.example", ()),
        ("撮影@photo_grapher さん", ("photo_grapher",)),
        ("@@no @", ()),
        ("@" + "x" * 31, ()),
        ("＠fullwidth", ("fullwidth",)),
        ("@name's book", ("name",)),
        ("https://medium.com/@writer", ()),
    ],
)
def test_mentions(text, names):
    assert find_mentions(text) == names


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("📩 Hello.World+x@Mail-Host.co.uk ✨", "Hello.World+x@Mail-Host.co.uk"),
        ("للتواصل: hi@shop.example", "hi@shop.example"),
        ("follow @someone and a@b", ""),
        ("", ""),
    ],
)
def test_email_inside_a_text(text, email):
    assert find_email(text) == email


@pytest.mark.parametrize(
    "text",
    [
        "NASA", "@nasa", " @Nasa ", "nasa.", "\u200enasa\u200f", "instagram.com/nasa", "https://www.instagram.com/nasa/",
        "http://instagram.com/NASA?igsh=abc#x", "https://www.instagram.com/nasa/reels/", "m.instagram.com/nasa",
        "https://www.instagram.com/stories/nasa/123/", "https://instagram.com/_u/nasa", "https://www.instagram.com/@nasa",
    ],
)  # fmt: skip
def test_handles_as_people_give_them(text):
    assert normalise_username(text) == "nasa"


@pytest.mark.parametrize("text", ["a.b_c1", "_x_", "1", "a" * 30])
def test_handles_that_instagram_allows(text):
    assert normalise_username(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "@", ".", "..", ".nasa", "na..sa", "na sa", "na-sa", "a" * 31, "näsa", "nasa\x00", "\u212aate", "nasa@home",
        "https://evil.example/nasa", "https://instagram.com.evil.example/nasa", "https://www.instagram.com/",
        "https://www.instagram.com/p/DEiyb48AeB9/", "https://www.instagram.com/reel/DEiyb48AeB9/", "javascript://instagram.com/x",
        "https://www.instagram.com/explore/tags/x/", "x" * 5000, None, 5,
    ],
)  # fmt: skip
def test_what_can_be_no_handle(text):
    with pytest.raises(InvalidUsername):
        normalise_username(text)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("likes_above_views", "More likes than views."),
        ("posts_count_not_refreshed", "The source did not give posts count this time; the last known value is shown."),
        ("taken_at_refused", "The source gave no usable value for taken at."),
        ("something_new", "Something new."),
    ],
)
def test_flags_in_plain_words(code, words):
    assert describe_flags([code]) == [{"code": code, "message": words}]
