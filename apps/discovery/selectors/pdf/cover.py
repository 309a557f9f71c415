"""The first page: who it is, in short, and the key figures with where each comes from."""

from typing import Any

from PIL import Image

from apps.core.templatetags.figures import exact, metric_change, metric_text, moment
from apps.discovery.selectors.wording import CARDS

from .sheet import GREY, HAIR, INK, MARGIN, PAPER, PETROL, Sheet

AVATAR, CARD, GAP = 26.0, 25.0, 2.5


def draw(sheet: Sheet, report: dict[str, Any], avatar: Image.Image | None) -> None:
    sheet.add_page()
    sheet.block(0, 0, sheet.w, 3, PETROL)
    sheet.pen(8.5, PETROL, bold=True)
    sheet.put("Analytics Following", MARGIN, 10)
    sheet.pen(8.5, GREY)
    sheet.put("Creator report", MARGIN, 10, width=sheet.room, align="R")
    _draw_head(sheet, report, avatar)
    _draw_notices(sheet, report)
    sheet.heading("In short", "Written from the numbers by fixed rules; the notes say how each was measured.")
    for one in report["summary"]:
        sheet.need(10)
        sheet.pen(9.5)
        sheet.say(one["text"])
        sheet.pen(7, GREY)
        sheet.say(" · ".join(dict.fromkeys(rest["method"] for rest in one["rests_on"] if rest.get("method"))))
        sheet.ln(1)
    if not report["summary"]:
        sheet.pen(9.5, GREY)
        sheet.say("There are not enough posts and counts yet to sum up, and they are not stretched.")
    sheet.heading("Key figures")
    _draw_cards(sheet, report["metrics"])


def _draw_head(sheet: Sheet, report: dict[str, Any], avatar: Image.Image | None) -> None:
    y, x = 22.0, MARGIN
    if avatar is not None:
        sheet.picture(avatar, x, y, AVATAR)
    else:
        sheet.block(x, y, AVATAR, AVATAR, HAIR)
        sheet.pen(24, GREY, bold=True)
        sheet.put(report["username"][:1].upper(), x, y + 7, width=AVATAR, align="C")
    x += AVATAR + 7
    sheet.pen(20, bold=True)
    sheet.put(report["full_name"] or report["username"], x, y, width=sheet.room - AVATAR - 7)
    sheet.pen(10.5, GREY)
    verified = " · verified" if report["is_verified"] else ""
    category = f" · {report['category']}" if report["category"] else ""
    sheet.put(f"@{report['username']}{verified}{category}", x, y + 10, width=sheet.room - AVATAR - 7)
    sheet.set_left_margin(x)
    sheet.set_xy(x, y + 16.5)
    sheet.pen(9)
    sheet.say(report["biography"], lines=3)
    sheet.set_left_margin(MARGIN)
    sheet.set_y(max(sheet.get_y(), y + AVATAR) + 4)
    sheet.pen(8.5, GREY)
    read = f"As of {moment(report['refreshed_at'])}" if report["refreshed_at"] else "Not read yet"
    count = report["posts_count"]
    sheet.say(f"{read} · {exact(count)} posts in all" if count is not None else read)


def _draw_notices(sheet: Sheet, report: dict[str, Any]) -> None:
    """What must be known before the numbers are trusted; that it is synthetic comes first."""
    for notice in report["notices"]:
        sheet.ln(1.5)
        y = sheet.get_y()
        sheet.block(MARGIN, y, sheet.room, 7, PAPER)
        sheet.block(MARGIN, y, 1.2, 7, PETROL)
        sheet.pen(8.5, INK, bold=notice["code"] == "synthetic")
        sheet.put(notice["message"], MARGIN + 4, y + 1.4, width=sheet.room - 8)
        sheet.set_y(y + 7)


def _draw_cards(sheet: Sheet, metrics: dict[str, Any]) -> None:
    width = (sheet.room - 3 * GAP) / 4
    for at, card in enumerate(CARDS):
        if at % 4 == 0:
            sheet.need(CARD + GAP)
            top = sheet.get_y()
        x = MARGIN + (at % 4) * (width + GAP)
        sheet.block(x, top, width, CARD, PAPER)
        _draw_card(sheet, metrics[card["key"]], card, place=(x + 3, top + 2.6, width - 6))
        sheet.set_y(top + CARD + GAP)


def _draw_card(
    sheet: Sheet, metric: dict[str, Any], card: dict[str, Any], *, place: tuple[float, float, float]
) -> None:
    x, y, width = place
    sheet.pen(8, GREY)
    sheet.put(card["label"], x, y, width=width)
    if metric["value"] is None:
        sheet.pen(7.5, GREY)
        sheet.set_xy(x, y + 5.5)
        sheet.say(metric["reason"], width=width, lines=3)
        return
    sheet.pen(15, bold=True)
    text = metric_change(metric) if card.get("signed") else metric_text(metric)
    sheet.put(text, x, y + 4.6, width=width)
    _draw_suffix(sheet, card.get("suffix", ""), x + sheet.get_string_width(text) + 2, y + 7)
    sheet.pen(6.8, GREY)
    sample = metric["sample"]
    sheet.put(
        f"{metric['status']}, {sample['size']:,} {sample['kind']}, {metric['confidence']}", x, y + 13, width=width
    )
    sheet.put(metric["method"], x, y + 16.4, width=width)


def _draw_suffix(sheet: Sheet, text: str, x: float, y: float) -> None:
    if text:
        sheet.pen(8, GREY)
        sheet.put(text, x, y)
