"""Who listens, whether it is real, what it may cost, and what a brand should know."""

from typing import Any

from apps.analysis.languages import language_name
from apps.core.countries import name_country
from apps.core.templatetags.figures import exact, metric_text, percent
from apps.discovery.selectors.wording import PRICED, write_prices
from apps.profiles.metrics.safety import LABELS

from .figures import SHOWN, draw_column
from .sheet import GREY, MARGIN, PETROL, Sheet

MOST_FLAGS = 12


def draw(sheet: Sheet, parts: dict[str, Any]) -> None:
    _draw_audience(sheet, parts["audience"]["metrics"], parts["talk"]["metrics"])
    _draw_authenticity(sheet, parts["authenticity"])
    _draw_prices(sheet, parts["pricing"])
    _draw_brands(sheet, parts["report"]["metrics"])
    _draw_safety(sheet, parts["safety"])


def _note(sheet: Sheet, text: str) -> None:
    sheet.pen(9, GREY)
    sheet.say(text)


def _draw_audience(sheet: Sheet, metrics: dict[str, Any], talk: dict[str, Any]) -> None:
    people = metrics["audience.people"]
    sheet.need(80)
    sheet.heading("Audience", "Estimated from people who comment, each of whom counts once, not from all followers")
    if not people["sample"]["size"]:
        _note(sheet, people.get("reason", "No comments were read."))
        return
    top, width = sheet.get_y(), (sheet.room - 12) / 3
    tone = talk["comments.sentiment.shares"]["value"] or {}
    columns = (
        (_title(metrics["audience.countries"], "Countries"), _rows(metrics["audience.countries"], name_country)),
        (_title(metrics["audience.languages"], "Languages"), _rows(metrics["audience.languages"], language_name)),
        (
            _title(talk["comments.sentiment.shares"], "Mood of comments"),
            [{"label": mood.capitalize(), "share": share} for mood, share in tone.items()],
        ),
    )
    ends = [
        draw_column(sheet, title, rows, MARGIN + at * (width + 6), top, width)
        for at, (title, rows) in enumerate(columns)
    ]
    sheet.set_xy(MARGIN, max(ends) + 1)


def _title(metric: dict[str, Any], label: str) -> str:
    return f"{label} ({metric['sample']['size']:,} {metric['sample']['kind']})"


def _rows(metric: dict[str, Any], name: Any) -> list[dict[str, Any]]:
    return [
        {"label": name(row["label"]), "n": row["n"], "share": row["share"]} for row in (metric["value"] or [])[:SHOWN]
    ]


def _draw_authenticity(sheet: Sheet, part: dict[str, Any]) -> None:
    score = part["score"]
    sheet.heading(
        "Authenticity",
        f"{score['sample']['size']} of {score['sample']['of']} checks had what they need; {score['method']}",
    )
    if score["value"] is None:
        _note(sheet, score["reason"])
    else:
        sheet.pen(18, PETROL, bold=True)
        sheet.say(f"{metric_text(score)} of 100")
        _note(sheet, "A reason is a sign, not a proof. A check whose inputs are missing takes nothing off.")
        sheet.ln(1)
    rows = [
        [
            row["label"], row["state"],
            "–" if row["value"] is None else f"{row['value']:,.4g} {row['unit']}",
            _say_points(row),
        ]
        for row in part["reasons"]
    ]  # fmt: skip
    sheet.grid(["Check", "State", "Measured", "Points"], rows, [0.42, 0.16, 0.27, 0.15])


def _say_points(row: dict[str, Any]) -> str:
    if row["points"] is None:
        return "–"
    return f"{'−' if row['points'] else ''}{row['points']:g} of {row['weight']}"


def _draw_prices(sheet: Sheet, part: dict[str, Any]) -> None:
    metrics, table = part["metrics"], part["rate_table"]
    sheet.need(48)
    sheet.heading(
        "What it may cost", f"US dollars, estimated by rate table {table['version']}; not an offer of the creator"
    )
    rows = []
    for kind, label in PRICED.items():
        price = metrics[f"price.{kind}"]["value"]
        written = write_prices(price)
        span = "unavailable" if price is None else f"{written['low']} to {written['high']}"
        reach = "–" if price is None else exact(price["impressions"])
        others = [metric_text(metrics.get(f"{name}.{kind}") or {}) or "–" for name in ("price.cpe", "price.cpm", "emv")]
        rows.append([label, span, reach, *others])
    head = ["Format", "Range", "Impressions", "Per engagement", "Per thousand", "Media value"]
    sheet.grid(head, rows, [0.2, 0.24, 0.14, 0.15, 0.13, 0.14])


def _draw_brands(sheet: Sheet, metrics: dict[str, Any]) -> None:
    share, mentions = metrics["sponsored.share"], metrics["mentions"]
    sheet.need(40)
    sheet.heading("Brands", f"{share['sample']['size']} posts; {share['method']}, {mentions['method']}")
    if share["value"] is None:
        _note(sheet, share["reason"])
        return
    performance = metrics["sponsored.performance"]
    text = f"{metric_text(share)} of the posts are disclosed as paid."
    text += (
        f" They draw {metric_text(performance)} of the engagement of the others."
        if performance["value"] is not None
        else ""
    )
    sheet.pen(9)
    sheet.say(text)
    sheet.ln(1)
    rows = [
        [f"@{row['username']}", str(row["posts"]), percent(row["share"]), percent(row["engagement_rate"]) or "hidden"]
        for row in (mentions["value"] or [])[:8]
    ]
    if rows:
        sheet.grid(["Account named", "Posts", "Share", "Engagement"], rows, [0.4, 0.2, 0.2, 0.2])


def _draw_safety(sheet: Sheet, part: dict[str, Any]) -> None:
    share = part["metrics"]["safety.flagged.share"]
    sheet.need(36)
    sheet.heading("Brand safety", f"Words of a published list in captions; {share['method']}")
    if share["value"] is None:
        _note(sheet, share["reason"])
        return
    sheet.pen(9)
    count = f"{metric_text(share)} of {share['sample']['size']:,} captions are flagged."
    sheet.say(f"{count} Read the quotes: a flag says that words are there, not what is meant.")
    sheet.ln(1)
    rows = [[LABELS[row["code"]], row["term"], row["quote"]] for row in part["results"][:MOST_FLAGS]]
    if rows:
        sheet.grid(["Category", "Term", "Quote"], rows, [0.2, 0.18, 0.62])
