"""A report as a PDF: gathered from the same parts as page and API, drawn once for each state of the creator."""

import json
from typing import Any

from django.conf import settings

from apps.core.templatetags.figures import day, moment
from apps.discovery.selectors.discussion import get_comment_sentiment
from apps.discovery.selectors.insight import get_audience, get_authenticity, get_pricing, get_safety, keep_part
from apps.discovery.selectors.reports import get_report
from apps.profiles.models import Profile
from apps.profiles.selectors import get_rate_table

from . import cover, figures, notes, posts, trust
from .pictures import load_pictures
from .sheet import Sheet

Parts = dict[str, Any]
SHOWN_POSTS = 12
# Counted up where pages come to look different, so that neither our cache nor a browser's keeps the old ones.
DRAWING = 2


def get_report_pdf(profile: Profile) -> bytes:
    """The PDF of a creator's report; the caller guards the door. About a second once, then from the cache."""
    return keep_part("pdf", profile, lambda: render_report(profile), version=get_pdf_version())


def get_pdf_version() -> tuple[int, int, bool]:
    """What it depends on beside the report's state: how it is drawn, the rate table, whether gender is inferred."""
    return DRAWING, get_rate_table().version, settings.AUDIENCE_INFER_GENDER


def name_report_file(profile: Profile) -> dict[str, str]:
    """The headers that go with the PDF."""
    return {"Content-Disposition": f'attachment; filename="{profile.username}-report.pdf"'}


def render_report(profile: Profile) -> bytes:
    """Cover, figures, charts, audience, authenticity, prices, brands, posts, and where every number comes from."""
    parts = _gather(profile)
    report = parts["report"]
    read = f"as of {moment(report['refreshed_at'])}" if report["refreshed_at"] else "never read"
    synthetic = " · synthetic demo data" if report["synthetic"] else ""
    foot = f"@{report['username']} · {read}{synthetic} · Analytics Following"
    sheet = Sheet(foot=foot, texts=json.dumps(_list_texts(parts), ensure_ascii=False))
    sheet.set_title(f"Creator report: @{report['username']}")
    sheet.set_creator("Analytics Following")
    pictures = load_pictures(profile, [post["id"] for post in parts["shown"]])
    cover.draw(sheet, report, pictures.get("avatar"))
    figures.draw(sheet, report)
    trust.draw(sheet, parts)
    posts.draw(sheet, parts["shown"], pictures)
    notes.draw(sheet, parts)
    return sheet.finish()


def _gather(profile: Profile) -> Parts:
    report = get_report(profile)
    return {
        "report": report,
        "shown": [_shorten(post) for post in report["posts"][:SHOWN_POSTS]],
        "audience": get_audience(profile),
        "talk": get_comment_sentiment(profile),
        "authenticity": get_authenticity(profile),
        "pricing": get_pricing(profile),
        "safety": get_safety(profile),
    }


def _shorten(post: Parts) -> Parts:
    """A caption may have thousands of characters, of which three lines are shown."""
    return {**post, "caption": post["caption"][:240], "on": day(post["taken_at"]) if post["taken_at"] else "No date"}


def _list_texts(parts: Parts) -> list[Any]:
    """What upstream wrote, among which the scripts are looked for."""
    report = parts["report"]
    own = [report[name] for name in ("full_name", "biography", "category", "hashtags", "summary")]
    return [*own, [post["caption"] for post in parts["shown"]], parts["safety"]["results"][: trust.MOST_FLAGS]]
