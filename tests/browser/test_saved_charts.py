"""Charts are saved as pictures and as tables of the same numbers."""

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from apps.discovery.services.unlocking import unlock_profile
from apps.teams.access import enter_team
from tests.browser.scenes import build_creator

BASE = "/t/first-team/creators/maro.sample"


@pytest.fixture
def report(team, owner):
    build_creator("maro.sample")
    with enter_team(team):
        unlock_profile(team=team, member=owner, username="maro.sample")


def save(page, title: str, form: str) -> tuple[str, bytes]:
    """By hand: the chart's menu, then the form; the file's name and bytes."""
    menu = page.get_by_role("button", name=f"Save {title}")
    menu.scroll_into_view_if_needed()
    page.wait_for_timeout(200)  # a menu closes when the page scrolls, and scrolling is told a moment later
    menu.click()
    with page.expect_download() as download:
        page.get_by_role("group", name=f"Save {title}").get_by_role("button", name=form).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def read_data(page, source: str):
    return json.loads(page.locator(f"#{source}").text_content())


@pytest.mark.parametrize(
    ("tab", "title", "source", "file"),
    [
        ("", "Follower growth", "growth-data", "maro.sample-followers"),
        ("", "Engagement by post", "engagement-data", "maro.sample-engagement"),
        ("content/", "Formats", "formats-data", "maro.sample-formats"),
        ("content/", "Posting hours (UTC)", "hours-data", "maro.sample-hours"),
    ],
)
def test_a_chart_is_saved_as_the_numbers_it_is_drawn_from(visit, committed_db, owner, report, tab, title, source, file):
    with visit("saving", user=owner) as look:
        look.open(f"{BASE}/{tab}")
        data = read_data(look.page, source)

        name, table = save(look.page, title, "Table (CSV)")
        picture_name, picture = save(look.page, title, "Picture (PNG)")

        assert (name, picture_name) == (f"{file}.csv", f"{file}.png")
        assert table.startswith(b"\xef\xbb\xbf")
        header, *rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
        assert [header, *rows] == expect_table(source, data)
        image = Image.open(io.BytesIO(picture))
        assert (image.format, image.size) == ("PNG", (2400, 1280))
        assert len(image.convert("RGB").getcolors(maxcolors=1 << 20)) > 20
        assert look.verdict == []


def expect_table(source: str, data) -> list[list[str]]:
    def write(value) -> str:
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)

    if source == "growth-data":
        rows = [["time", "followers"], *([row["at"], row["value"]] for row in data["points"])]
    elif source == "engagement-data":
        head = ["time", "format", "engagement_rate_percent"]
        rows = [head, *([row["at"], row["kind"], row["value"]] for row in data["points"])]
    elif source == "hours-data":
        cells = [[row["day"], hour, cell["n"]] for row in data for hour, cell in enumerate(row["cells"])]
        rows = [["weekday", "hour_utc", "posts"], *cells]
    else:
        rows = [["label", "count", "share_percent"], *([row["label"], row["n"], row["share"]] for row in data)]
    return [[write(cell) for cell in row] for row in rows]


def test_a_label_never_becomes_a_formula(visit, committed_db, owner, report):
    with visit("saving-formula", user=owner) as look:
        look.open(f"{BASE}/content/")
        hostile = json.dumps(
            [{"label": '=HYPERLINK("http://x","y")', "n": -3, "share": 1.5}, {"label": "＠a,b", "n": 0, "share": 0}]
        )
        look.page.locator("#formats-data").evaluate("(el, text) => { el.textContent = text; }", hostile)

        _name, table = save(look.page, "Formats", "Table (CSV)")

        assert table.decode("utf-8-sig") == (
            "label,count,share_percent\r\n"
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",-3,1.5\r\n"
            "\"'＠a,b\",0,0\r\n"
        )  # fmt: skip
        assert look.verdict == []
