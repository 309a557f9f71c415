"""Contact addresses are sold apart, so nobody reads them in a report."""

import pytest

from apps.discovery.selectors.masking import MASK, mask_addresses


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write me: maya.c+collab@mail-box.co.uk!", f"Write me: {MASK}!"),
        ("MAYA@EXAMPLE.COM", MASK),
        ("maya (at) example (dot) com", MASK),
        ("maya[at]example[dot]com ✨", f"{MASK} ✨"),
        ("للتعاون: layla@oud.ae", f"للتعاون: {MASK}"),
        ("two: a@b.io, c@d.org", f"two: {MASK}, {MASK}"),
        ("mailto:maya@example.com", f"mailto:{MASK}"),
    ],
)
def test_an_address_is_masked_however_it_is_written(text, shown):
    assert mask_addresses(text) == shown


@pytest.mark.parametrize(
    "text", ["", "With @maya.slowtravel in Rome", "Meet me at Rome. Dot.", "50 % @ work", "👩‍🍳 @cook"]
)
def test_what_is_no_address_stays_as_it_is(text):
    assert mask_addresses(text) == text


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
