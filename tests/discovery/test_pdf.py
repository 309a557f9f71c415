"""The report on paper: read back, its numbers are those of the report; whatever upstream wrote, it is made."""

import io
import re

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from apps.core.templatetags.figures import metric_text
from apps.discovery.selectors.insight import get_pricing
from apps.discovery.selectors.pdf import render_report
from apps.discovery.selectors.pdf.notes import list_metrics
from apps.discovery.selectors.pdf.report import _gather
from apps.discovery.views.pricing_part import describe_pricing
from apps.profiles.models import MediaAsset
from tests.browser.scenes import HOSTILE, add_talk
from tests.browser.scenes import build_creator as build_full_creator
from tests.discovery.creators import build_creator

ROOT = "/api/v1/instagram/profile/maya/report.pdf"
WORLD = (
    "صباح الخير من لشبونة नमस्ते दुनिया สวัสดีชาวโลก 朝ごはん 早上好 좋은 아침 Καλημέρα Доброе утро שלום გამარჯობა "
    "👩‍🍳🔥🏳️‍🌈 \u202egnp.exe\u202c \x00\x07 \ud83d \ue000 \U000e0041 ﷽ 𝕏 Z̷͑͝a̵lgo " + "W" * 400
)  # fmt: skip


def read(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def squeeze(text: str) -> str:
    """Without spaces: kerned letters stand apart in a PDF, and are read back with gaps."""
    return re.sub(r"\s+", "", text)


def test_a_locked_creator_answers_with_its_price_and_an_unknown_one_is_not_found(client):
    build_creator()

    assert (client.get(ROOT).status_code, client.get(ROOT).json()["error"]["code"]) == (402, "profile.locked")
    assert client.get(ROOT.replace("maya", "nobody")).status_code == 404


def test_it_is_a_file_with_the_state_of_the_report(client, unlocked):
    unlocked(posts=6)

    answer = client.get(ROOT, headers={"Accept": "application/pdf"})
    again = client.get(ROOT, headers={"If-None-Match": answer.headers["ETag"]})

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="maya-report.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert again.status_code == 304
    assert client.get(ROOT).content == answer.content


def test_every_number_on_paper_is_that_of_the_report(in_team):
    profile = build_full_creator("maro.sample")
    add_talk(profile)

    pages = read(render_report(profile))
    parts = _gather(profile)

    text = squeeze("\n".join(pages))
    assert "284,120" in squeeze(pages[0])
    assert all("syntheticdemodata" in squeeze(page) for page in pages)
    for one in parts["report"]["summary"]:
        assert squeeze(one["text"])[:60] in text
    notes = squeeze("\n".join(page for page in pages if "Method" in page))
    for metric in list_metrics(parts).values():
        assert squeeze(metric["method"])[:18] in notes
        if metric_text(metric):
            assert squeeze(f"{metric_text(metric)}{metric['status']}") in notes
        if metric["value"] is None:
            assert "unavailable" in notes
    assert "maro@maro.example" not in text


def test_page_and_paper_say_the_same_prices(in_team):
    profile = build_creator(posts=6)
    price = get_pricing(profile)["metrics"]["price.post"]["value"]
    assert 20 < price["low"] < price["high"] < 100, "where either alone would be written with cents"

    page = {
        one["label"]: f"{one['low']} to {one['high']}" if one["low"] else "unavailable"
        for one in describe_pricing(get_pricing(profile))["formats"]
    }
    paper = squeeze("".join(read(render_report(profile))))

    assert page["A photo or carousel"] == f"${price['low']:.0f} to ${price['high']:.0f}"
    assert [label for label, span in page.items() if squeeze(label + span) not in paper] == []


@pytest.mark.parametrize("text", [WORLD, HOSTILE, "", "\ud83d\udc4d" * 50])
def test_whatever_upstream_wrote_it_is_made_and_no_control_is_in_it(in_team, text):
    text = text.encode("utf-8", "replace").decode().replace("\x00", "")
    profile = build_creator(full_name=text[:190], biography=text, category=text[:90])
    profile.posts.update(caption=text, alt_text=text)

    pages = read(render_report(profile))

    whole = "".join(pages)
    assert "10,000" in squeeze(whole)
    assert "\u202e" not in whole
    if text == HOSTILE:
        assert "<script>alert(2)</script>" in squeeze(whole)
    if text == WORLD:
        whole = squeeze(whole)
        words = ("Καλημέρα", "Доброе", "朝", "早", "좋은", "שלום", "გამარჯობა", "👩‍🍳🔥🏳‍🌈", "X")
        assert [word for word in words if word not in whole] == []


def test_pictures_come_out_of_our_own_store_and_missing_ones_do_not_matter(in_team):
    profile = build_creator(posts=4)
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 10, 10)).save(picture, "WEBP")
    key = default_storage.save("creators/00/pdf-test-s.webp", ContentFile(picture.getvalue()))
    kept = MediaAsset.objects.create(content_hash="a", small_key=key, large_key=key, width=64, height=64, size_bytes=1)
    gone = MediaAsset.objects.create(
        content_hash="b", small_key="creators/00/none.webp", large_key="x", width=64, height=64, size_bytes=1
    )
    first, second, *_rest = profile.posts.order_by("-taken_at")
    first.thumbnail, second.thumbnail = kept, gone
    first.save()
    second.save()

    pdf = render_report(profile)

    assert pdf.count(b"/Subtype /Image") == 1
    assert squeeze("".join(read(pdf))).count("Nopicturestored") == 3
    default_storage.delete(key)
