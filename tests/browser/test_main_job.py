"""Sign in, look a creator up, see the price, unlock, read the report: by hand, in a browser."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from apps.credits.models import Entry
from apps.discovery.models import Unlock
from apps.profiles.models import Profile
from apps.teams.access import enter_team
from tests.support.people import PASSWORD


def test_from_sign_in_to_the_report(visit, worker, team, owner):
    base = f"/t/{team.slug}"
    with visit("main-job") as look:
        page = look.page
        look.open("/accounts/login/")
        page.get_by_label("Email").fill(owner.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Good .*, Olive"))
        look.shoot("1-first-steps")

        page.get_by_role("combobox", name="Handle or profile link").fill(
            "https://www.instagram.com/Maya.SlowTravel/?hl=en"
        )
        with worker.pause():
            page.get_by_role("button", name="Look up").click()
            expect(page.get_by_role("heading", name="@maya.slowtravel")).to_be_visible()
            expect(page.get_by_text("Waiting for its turn")).to_be_visible()
            look.shoot("2-looking-up")

        expect(page.get_by_role("heading", name="The full report is locked")).to_be_visible()
        assert page.url == f"{look.base}{base}/creators/maya.slowtravel/"
        look.shoot("3-locked")

        page.get_by_role("button", name="See the price", exact=True).click()
        expect(page.get_by_role("dialog").get_by_text("This uses 1 of 500 profile analyses.")).to_be_visible()
        look.shoot("4-quote", whole=False)

        # Two days old: too old to be sold as it is, so the unlock has work to do and shows it.
        Profile.objects.update(refreshed_at=timezone.now() - timedelta(days=2))
        with worker.pause():
            page.get_by_role("button", name="Unlock with 1 profile analysis").dblclick()
            expect(page.get_by_role("heading", name="The report is being made")).to_be_attached()
            look.shoot("5-running")

        expect(page.get_by_role("heading", name="Follower growth")).to_be_visible()
        look.shoot("6-report")
        page.get_by_role("link", name="Posts", exact=True).last.click()
        expect(page.get_by_role("heading", name="Posts", exact=True)).to_be_visible()
        assert look.verdict == []

    with enter_team(team):
        assert Unlock.objects.count() == 1
        assert [entry.subject_label for entry in Entry.objects.filter(kind=Entry.Kind.CAPTURE)] == ["maya.slowtravel"]


def test_asking_again_is_free_and_says_so(visit, worker, team, owner):
    with visit("again", user=owner) as look:
        page = look.page
        unlock(look, team, "lena.cooks")
        page.get_by_role("button", name="Refresh").click()
        expect(page.get_by_text("less than a day old")).to_be_visible()
        look.shoot("unchanged", whole=False)

        look.open(f"/t/{team.slug}/")
        expect(page.get_by_role("link", name="Lena Winter")).to_be_visible()
        look.shoot("dashboard")
        look.open(f"/t/{team.slug}/creators/")
        look.shoot("creators")
        assert look.verdict == []

    with enter_team(team):
        assert Unlock.objects.count() == 1


def unlock(look, team, handle: str) -> None:
    """By hand: open the creator, see the price, agree, wait for the report."""
    look.open(f"/t/{team.slug}/creators/{handle}/")
    look.page.get_by_role("button", name="See the price", exact=True).click()
    look.page.get_by_role("button", name=re.compile("^Unlock with|^Unlock for")).click()
    expect(look.page.get_by_role("heading", name="Follower growth")).to_be_visible()
