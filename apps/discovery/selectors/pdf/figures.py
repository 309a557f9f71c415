"""Charts and tables of what is posted and how it does."""

from typing import Any

from apps.core.templatetags.figures import compact, day, metric_text, percent
from apps.discovery.selectors.wording import DRAWN_POSTS, FORMATS, NO_COUNTS, NO_TREND

from .sheet import CLAY, GREY, HAIR, MARGIN, PETROL, TONES, Sheet

SHOWN = 6
TALL = 46.0


def draw(sheet: Sheet, report: dict[str, Any]) -> None:
    sheet.add_page()
    _draw_growth(sheet, report)
    _draw_engagement(sheet, report)
    _draw_formats(sheet, report)
    _draw_content(sheet, report)
    _draw_hashtags(sheet, report)


def _axis(sheet: Sheet, top: float, low: float, high: float, write: Any) -> None:
    """Three lines with what they stand for."""
    sheet.set_draw_color(*HAIR)
    sheet.pen(7, GREY)
    for part in (0.0, 0.5, 1.0):
        y = top + TALL * (1 - part)
        sheet.line(MARGIN + 14, y, sheet.w - MARGIN, y)
        sheet.put(write(low + (high - low) * part), MARGIN, y - 1.8, width=13, align="R")


def _draw_growth(sheet: Sheet, report: dict[str, Any]) -> None:
    points = [
        (point["at"], point["followers"]) for point in report["growth"]["series"] if point["followers"] is not None
    ]
    sheet.heading("Follower growth", f"{len(points)} dated counts, observed; account.followers.v1")
    if len(points) < 2:
        sheet.pen(9, GREY)
        sheet.say(NO_TREND)
        return
    low, high = min(count for _at, count in points), max(count for _at, count in points)
    span = (high - low) or 1
    top, left, width = sheet.get_y() + 2, MARGIN + 16, sheet.room - 18
    _axis(sheet, top, low, high, compact)
    sheet.set_draw_color(*PETROL)
    sheet.set_line_width(0.6)
    step = width / (len(points) - 1)
    places = [(left + at * step, top + TALL * (1 - (count - low) / span)) for at, (_day, count) in enumerate(points)]
    sheet.polyline(places)
    sheet.set_line_width(0.2)
    sheet.pen(7, GREY)
    sheet.put(f"{day(points[0][0])}: {points[0][1]:,}", left, top + TALL + 2, width=60)
    sheet.put(f"{day(points[-1][0])}: {points[-1][1]:,}", left + width - 60, top + TALL + 2, width=60, align="R")
    sheet.set_y(top + TALL + 7)


def _draw_engagement(sheet: Sheet, report: dict[str, Any]) -> None:
    metric = report["metrics"]["engagement_rate.followers.median"]
    posts = [post for post in report["posts"] if post["taken_at"]][:DRAWN_POSTS][::-1]
    rated = [post["engagement_rate"]["value"] for post in posts if post["engagement_rate"]["value"] is not None]
    sheet.need(TALL + 40)
    sheet.heading(
        "Engagement by post", f"Latest {len(posts)} posts, oldest first; gaps are hidden likes; {metric['method']}"
    )
    if not rated:
        sheet.pen(9, GREY)
        sheet.say(metric.get("reason") or NO_COUNTS)
        return
    high = max(rated) or 1
    top, left, width = sheet.get_y() + 2, MARGIN + 16, sheet.room - 18
    _axis(sheet, top, 0, high, percent)
    step = width / len(posts)
    for at, post in enumerate(posts):
        value = post["engagement_rate"]["value"]
        if value is not None:
            tall = TALL * value / high
            colour = TONES[FORMATS[post["type"]][1]]
            sheet.block(left + at * step + step * 0.14, top + TALL - tall, step * 0.72, tall, colour)
    if metric["value"] is not None and metric["value"] <= high:
        y = top + TALL * (1 - metric["value"] / high)
        sheet.set_draw_color(*CLAY)
        sheet.line(left, y, left + width, y)
        sheet.line(left + width - 30, top + TALL + 4, left + width - 25, top + TALL + 4)
        sheet.pen(7.5, CLAY)
        sheet.put(f"Median {metric_text(metric)}", left + width - 23, top + TALL + 2, width=23)
    _draw_legend(sheet, {post["type"] for post in posts}, left, top + TALL + 2)
    sheet.set_y(top + TALL + 8)


def _draw_legend(sheet: Sheet, kinds: set[str], x: float, y: float) -> None:
    for kind, (label, tone) in FORMATS.items():
        if kind in kinds:
            sheet.block(x, y + 0.8, 2.2, 2.2, TONES[tone])
            sheet.pen(7.5, GREY)
            sheet.put(label, x + 3.4, y, width=20)
            x += 24


def _draw_formats(sheet: Sheet, report: dict[str, Any]) -> None:
    metric = report["metrics"]["formats"]
    sheet.heading("Formats", f"{metric['sample']['size']} posts, medians; {metric['method']}")
    if metric["value"] is None:
        sheet.pen(9, GREY)
        sheet.say(metric["reason"])
        return
    rows = [
        [
            FORMATS[row["format"]][0], str(row["posts"]), percent(row["share"]),
            *(compact(row[name]["median"]) or "–" for name in ("likes", "comments", "views")),
        ]
        for row in metric["value"]
    ]  # fmt: skip
    sheet.grid(["Format", "Posts", "Share", "Likes", "Comments", "Views"], rows, [0.25, 0.15, 0.15, 0.15, 0.15, 0.15])


def _draw_content(sheet: Sheet, report: dict[str, Any]) -> None:
    content = report["content"]
    sheet.need(70)
    sheet.heading(
        "What the posts are about", f"AI labels on {content['analysed']} of {content['total']} posts, estimated"
    )
    if not content["analysed"]:
        sheet.pen(9, GREY)
        sheet.say("The captions have not been read.")
        return
    top, width = sheet.get_y(), (sheet.room - 12) / 3
    tone = content["sentiment"]
    moods = [
        {"label": mood.capitalize(), "share": tone[mood]} for mood in ("positive", "neutral", "negative") if tone["n"]
    ]
    columns = (
        ("Topics", [_named(row) for row in content["categories"][:SHOWN]]),
        ("Languages of captions", [_named(row) for row in content["languages"][:SHOWN]]),
        ("Mood of captions", moods),
    )
    ends = [
        draw_column(sheet, title, rows, MARGIN + at * (width + 6), top, width)
        for at, (title, rows) in enumerate(columns)
    ]
    sheet.set_xy(MARGIN, max(ends) + 1)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    label = row.get("name") or row["label"].replace("_", " ").capitalize()
    return {"label": label, "n": row["n"], "share": row["share"]}


def draw_column(sheet: Sheet, title: str, rows: list[dict[str, Any]], x: float, y: float, width: float) -> float:
    """A titled list of bars; gives back where it ends."""
    sheet.pen(8.5, bold=True)
    sheet.put(title, x, y, width=width)
    if not rows:
        sheet.pen(8, GREY)
        sheet.put("Unavailable", x, y + 6, width=width)
        return y + 12
    return sheet.bars(rows, x, y + 6, width=width)


def _draw_hashtags(sheet: Sheet, report: dict[str, Any]) -> None:
    metric = report["metrics"]["hashtags"]
    if not metric["value"]:
        return
    sheet.need(50)
    sheet.heading("Hashtags", f"{metric['sample']['size']} posts; {metric['method']}")
    rows = [
        [f"#{row['tag']}", str(row["posts"]), percent(row["share"]), percent(row["engagement_rate"]) or "hidden"]
        for row in metric["value"][:8]
    ]
    sheet.grid(["Hashtag", "Posts", "Share", "Engagement"], rows, [0.4, 0.2, 0.2, 0.2])
