"""Words on pages, above all those that somebody upstream chose."""

import pytest

from apps.core.templatetags import texts


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://maro.example/kitchen?x=1", "https://maro.example/kitchen?x=1"),
        ("http://maro.example", "http://maro.example"),
        ("javascript:alert(1)", ""),
        (" JavaScript:alert(1)", ""),
        ("data:text/html,<b>", ""),
        ("//evil.example", ""),
        ("https://", ""),
        ("http://[bad", ""),
        (None, ""),
    ],
)
def test_only_web_links_are_followed(url, kept):
    assert texts.http_only(url) == kept


def test_a_link_is_shown_by_its_host_and_path():
    assert texts.host("https://www.maro.example/kitchen/?ref=ig") == "maro.example/kitchen"
    assert texts.host("javascript:alert(1)") == ""


def test_codes_become_words_and_ids():
    assert texts.humanised("food_and_drink") == "Food and drink"
    assert texts.ident("engagement_rate.followers.median") == "engagement-rate-followers-median"
    assert texts.words("a b") == ["a", "b"]
