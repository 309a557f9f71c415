"""Contact addresses are sold apart, so nobody reads them in a report."""

import pytest

from apps.profiles.models import Comment
from apps.profiles.normalise.addresses import MASK, find_addresses, mask_addresses
from apps.profiles.selectors import get_preview, list_contacts
from tests.discovery.creators import build_creator


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write me: maya.c+collab@mail-box.co.uk!", f"Write me: {MASK}!"),
        ("MAYA@EXAMPLE.COM", MASK),
        ("maya (at) example (dot) com", MASK),
        ("maya[at]example[dot]com ✨", f"{MASK} ✨"),
        ("Office: maya {at} example.com", f"Office: {MASK}"),
        ("maya [at] example dot com", MASK),
        ("write to maya at example dot co dot uk today", f"write to {MASK} today"),
        ("maya＠example.com", MASK),
        ("للتعاون: layla@oud.ae", f"للتعاون: {MASK}"),
        ("two: a@b.io, c@d.org", f"two: {MASK}, {MASK}"),
        ("mailto:maya@example.com", f"mailto:{MASK}"),
    ],
)
def test_an_address_is_masked_however_it_is_written(text, shown):
    assert mask_addresses(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "With @maya.slowtravel in Rome",
        "Meet me at Rome. Dot.",
        "50 % @ work",
        "👩‍🍳 @cook",
        "Look at polka dot dresses",
        "at home (at last)",
    ],
)
def test_what_is_no_address_stays_as_it_is(text):
    assert mask_addresses(text) == text


@pytest.mark.parametrize(
    "written", ["maya (at) example (dot) com", "Maya [at] example dot com", "maya at example dot com"]
)
def test_a_spelled_address_is_the_same_one_everywhere(db, written):
    profile = build_creator(full_name=f"Maya | {written}", biography="")

    assert list(find_addresses(written)) == ["maya@example.com"]
    assert list_contacts(profile) == [{"address": "maya@example.com", "found_in": ["name"]}]
    preview = get_preview(profile)
    assert (preview["full_name"], preview["email_available"]) == (f"Maya | {MASK}", True)


def test_evidence_of_authenticity_shows_no_address(client, unlocked):
    profile = unlocked(posts=4)
    post = profile.posts.first()
    Comment.objects.bulk_create(
        Comment(post=post, external_id=f"c{n}", author_username=f"r{n}", text="write me at shop@example.com now")
        for n in range(40)
    )

    body = client.get("/api/v1/instagram/profile/maya/authenticity")

    repeated = next(row for row in body.json()["reasons"] if row["code"] == "comments_duplicate")
    assert repeated["evidence"]["examples"][0]["text"] == f"write me at {MASK} now"
    assert "shop@example.com" not in body.content.decode()


def test_reports_show_no_address(client, unlocked):
    unlocked(
        biography="Collabs: maya@example.com",
        biography_email="maya@example.com",
        business_email="office@example.com",
        business_phone="+49 170 1234567",
        links=[{"title": "mail", "url": "mailto:maya@example.com"}],
    )

    answer = client.get("/api/v1/instagram/profile/maya")

    assert answer.status_code == 200
    assert answer.json()["email_available"] is True
    text = answer.content.decode()
    assert "example.com" not in text
    assert "1234567" not in text
