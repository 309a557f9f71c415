"""The superadmin site: who gets in, what it shows, what it may change."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from apps.core.caching import drop
from apps.credits.services import GrantNote, adjust_credits, capture_hold, hold_credits
from apps.jobs.models import Job
from apps.jobs.services import submit_job
from apps.plans.models import PlanVersion, PriceRule
from apps.system.services import Asker, open_request
from apps.teams.access import enter_team
from apps.teams.models import Team


def list_changelists():
    return [
        pytest.param(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", id=model._meta.label)
        for model in admin.site._registry
    ]


@pytest.mark.parametrize("name", list_changelists())
def test_every_list_opens(console, team, name):
    assert console.get(reverse(name)).status_code == 200


def test_the_site_is_the_houses_own():
    assert type(admin.site._wrapped if hasattr(admin.site, "_wrapped") else admin.site).__name__ == "BackofficeSite"


@pytest.mark.parametrize("path", ["/admin/", "/admin/jobs/job/", "/admin/teams/team/1/ledger/"])
def test_nobody_else_gets_in(client, team, path):
    visitor = client.get(path)
    client.force_login(team.owner)
    member = client.get(path)

    assert visitor.status_code == 302
    assert "/accounts/login/" in visitor.headers["Location"] or "/admin/login/" in visitor.headers["Location"]
    assert member.status_code in {302, 403}


def test_a_staff_member_who_is_no_superadmin_stays_out(client, make_user):
    client.force_login(make_user("clerk@operator.example", is_staff=True))

    assert client.get("/admin/").status_code in {302, 403}


def test_the_dashboard_counts_what_is_there(console, team, other_team):
    submit_job(kind="test.none", params={}, team=team)

    page = console.get("/admin/")

    overview = page.context["overview"]
    assert page.status_code == 200
    assert overview["teams"]["active"] == 2
    assert {row["name"]: row["teams"] for row in overview["teams"]["by_plan"]} == {
        "Free": 0,
        "Standard": 1,
        "Premium": 1,
    }
    assert overview["jobs"]["day"] == {"queued": 1}
    assert (overview["creators"]["all"], overview["dead_letters"]) == (0, 0)


def test_looking_at_a_ledger_is_written_down(console, superadmin, team):
    page = console.get(f"/admin/teams/team/{team.pk}/ledger/")

    assert page.status_code == 200
    assert page.context["ledger"]["balance"]["balance"] == 1000
    entry = LogEntry.objects.get()
    assert (entry.user_id, entry.object_id, entry.change_message) == (superadmin.pk, str(team.pk), "Read the ledger.")


def test_a_ledger_of_no_team_is_404(console):
    assert console.get("/admin/teams/team/999999/ledger/").status_code == 404


def team_form(team, **changes):
    """What the team's page sends, with the changes."""
    member = team.memberships.get()
    inlines = {
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "1", "memberships-0-id": member.pk,
        "memberships-0-team": team.pk, "memberships-0-state": "active",
        "domains-TOTAL_FORMS": "0", "domains-INITIAL_FORMS": "0",
    }  # fmt: skip
    fields = {name: getattr(team, name) for name in ("name", "time_zone", "currency")}
    return {**fields, **inlines, **changes}


def test_a_membership_closed_on_the_teams_page_is_closed_at_the_next_request(console, api, committed_db, team):
    member = api(team.owner, team=team)
    assert member.get("/api/v1/teams/current").status_code == 200

    form = team_form(team, **{"memberships-0-state": "suspended", "state": "suspended"})
    answer = console.post(f"/admin/teams/team/{team.pk}/change/", form)

    assert answer.status_code == 302
    refused = member.get("/api/v1/teams/current")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "membership.suspended")
    assert Team.objects.get(pk=team.pk).state == "active"  # that is an act with a reason (test_acting)


def test_a_suspended_membership_is_closed_at_the_next_request(console, api, committed_db, team):
    member = api(team.owner, team=team)
    assert member.get("/api/v1/teams/current").status_code == 200

    console.post(f"/admin/teams/membership/{team.memberships.get().pk}/change/", {"state": "suspended"})

    assert member.get("/api/v1/teams/current").json()["error"]["code"] == "membership.suspended"


def act(console, action, *jobs):
    return console.post(
        "/admin/jobs/job/", {"action": action, "_selected_action": [str(job.pk) for job in jobs]}, follow=True
    )


def test_a_dead_letter_is_replayed(console, team, run_jobs):
    job = submit_job(kind="test.none", params={}, team=team, max_attempts=1)
    run_jobs()
    assert Job.objects.get(pk=job.pk).dead_at is not None

    listed = console.get("/admin/jobs/job/?dead=yes")
    answer = act(console, "replay", job)

    assert str(job.pk) in listed.content.decode()
    assert answer.status_code == 200
    replayed = Job.objects.get(pk=job.pk)
    assert (replayed.state, replayed.dead_at) == ("queued", None)


def test_a_queued_job_is_cancelled_and_a_finished_one_is_left(console, team):
    queued = submit_job(kind="test.none", params={}, team=team)
    done = Job.objects.create(kind="test.none", team=team, state="succeeded")

    act(console, "cancel", queued, done)

    assert Job.objects.get(pk=queued.pk).state == "cancelled"
    assert Job.objects.get(pk=done.pk).state == "succeeded"


@pytest.mark.parametrize("model", [PlanVersion, PriceRule])
def test_what_was_published_is_read_only(console, model, db):
    row = model.objects.exclude(published_at=None).first()
    name = f"admin:plans_{model._meta.model_name}"

    page = console.get(reverse(f"{name}_change", args=[row.pk]))
    changed = console.post(reverse(f"{name}_change", args=[row.pk]), {"credits": 1, "monthly_credits": 1})
    deleted = console.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})

    assert page.status_code == 200
    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert model.objects.filter(pk=row.pk).exists()


def test_jobs_are_changed_by_nobodys_hand(console, team):
    job = submit_job(kind="test.none", params={}, team=team)

    assert console.get(f"/admin/jobs/job/{job.pk}/change/").status_code == 200
    assert console.post(f"/admin/jobs/job/{job.pk}/change/", {"state": "succeeded"}).status_code == 403
    assert console.get("/admin/jobs/job/add/").status_code == 403


def test_a_ledger_says_why_by_whom_and_which_grants_and_goes_on_to_its_first_entry(console, superadmin, team):
    with enter_team(team):
        note = GrantNote(actor=superadmin, reason="Sorry about Tuesday")
        adjust_credits(amount=40, unit="credits", key="kind", note=note)
        hold_credits(action="influencer_unlock", key="u", member=team.owner, subject=("profile", "maro.sample"))
        capture_hold(key="u")
        for number in range(49):
            hold_credits(action="discovery_pagination", units=1, key=f"p{number}", member=team.owner)
            capture_hold(key=f"p{number}")
    path = f"/admin/teams/team/{team.pk}/ledger/"

    first = console.get(path)
    rows = {row[0]: row for row in first.context["entries_table"]["rows"]}
    second = console.get(f"{path}?before={first.context['ledger']['older']}")
    older = {row[0]: row for row in second.context["entries_table"]["rows"]}

    assert (list(rows), list(older)) == ([*range(102, 2, -1)], [2, 1])
    assert rows[4][2:] == [
        "Spent", "influencer_unlock", "maro.sample", "0", "0", "1,040", "1 × allowance", team.owner.email,
    ]  # fmt: skip
    assert rows[102][5:9] == ["-10", "-10", "600", "grant 1: -10"]
    assert older[2][2:] == [
        "Granted", "–", "Sorry about Tuesday", "+40", "0", "1,040", "grant 2: +40", "root@operator.example",
    ]  # fmt: skip
    assert "Older entries" not in second.content.decode()
    assert console.get(f"{path}?before=x").context["ledger"]["entries"][0].seq == 102


def test_the_sidebar_shows_numbers_only_where_there_is_something_to_do(console, team):
    drop("backoffice:support")
    assert "bg-red" not in find_entry(console, "system_supportrequest")
    asker = Asker(team_id=team.pk, team_name=team.name, member=team.owner, priority="priority")
    open_request(asker=asker, subject="Help", category="billing", text="!")
    drop("backoffice:support")

    assert 'dark:text-red-400">1</span>' in find_entry(console, "system_supportrequest")


def find_entry(console, name: str) -> str:
    """The sidebar's link to a list, up to its end."""
    page = console.get("/admin/").content.decode()
    address = reverse(f"admin:{name}_changelist")
    entry = page[page.index(f'href="{address}"') :]
    return entry[: entry.index("</a>")]
