"""The newest posts, with their pictures out of our own store."""

from typing import Any

from PIL import Image

from apps.core.templatetags.figures import compact, metric_text

from .sheet import GREY, HAIR, MARGIN, Sheet

COLUMNS, GAP, UNDER = 4, 5.0, 25.0


def draw(sheet: Sheet, posts: list[dict[str, Any]], pictures: dict[int | str, Image.Image]) -> None:
    sheet.need(110)
    sheet.heading("Posts", f"The newest {len(posts)}, as last seen; engagement by followers, post.er.followers.v1")
    if not posts:
        sheet.pen(9, GREY)
        sheet.say("No post was read.")
        return
    side = (sheet.room - (COLUMNS - 1) * GAP) / COLUMNS
    for start in range(0, len(posts), COLUMNS):
        sheet.need(side + UNDER)
        top = sheet.get_y()
        for at, post in enumerate(posts[start : start + COLUMNS]):
            _draw_post(sheet, post, pictures.get(post["id"]), MARGIN + at * (side + GAP), top, side)
        sheet.set_xy(MARGIN, top + side + UNDER)


def _draw_post(
    sheet: Sheet, post: dict[str, Any], picture: Image.Image | None, x: float, y: float, side: float
) -> None:
    if picture is not None:
        sheet.picture(picture, x, y, side)
    else:
        sheet.block(x, y, side, side, HAIR)
        sheet.pen(9, GREY)
        sheet.put("No picture stored", x, y + side / 2 - 3, width=side, align="C")
    sheet.pen(7.5, GREY)
    paid = " · paid" if post["is_sponsored"] else ""
    sheet.put(f"{post['type'].capitalize()} · {post['on']}{paid}", x, y + side + 1, width=side - 9)
    sheet.pen(8, bold=True)
    sheet.put(metric_text(post["engagement_rate"]), x, y + side + 1, width=side, align="R")
    sheet.pen(8)
    sheet.put(_count(post), x, y + side + 4.8, width=side)
    sheet.set_xy(x, y + side + 9)
    sheet.pen(8)
    sheet.say(post["caption"] or "No caption", width=side, lines=3)


def _count(post: dict[str, Any]) -> str:
    likes = "likes hidden" if post["likes"] is None else f"{compact(post['likes'])} likes"
    return f"{likes}, {compact(post['comments']) or '–'} comments"
