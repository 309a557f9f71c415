"""The tabs of a report. Each is a page with an address of its own, so it can be shared and read without scripts."""

from typing import Any

from django.urls import reverse

OVERVIEW = "overview"
TABS = {
    OVERVIEW: "Overview",
    "content": "Content",
    "audience": "Audience",
    "authenticity": "Authenticity",
    "brands": "Brands",
    "pricing": "Pricing",
    "similar": "Similar",
    "posts": "Posts",
}


def get_tab_url(slug: str, username: str, code: str) -> str:
    """Where a tab of a creator's report is; the overview is the creator's own page."""
    return reverse("discovery:creator" if code == OVERVIEW else f"discovery:{code}", args=[slug, username])


def list_tabs(slug: str, username: str, current: str) -> list[dict[str, Any]]:
    """`[{code, label, url, is_current}]` in the order in which they are read."""
    return [
        {"code": code, "label": label, "url": get_tab_url(slug, username, code), "is_current": code == current}
        for code, label in TABS.items()
    ]
