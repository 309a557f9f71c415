"""Analysis in the backoffice: looked at, not edited."""

import pytest
from django.test import Client

from apps.analysis.models import AnalysisLog, PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.services import analyse_profile, submit_profile_analysis
from apps.analysis.taxonomy import list_categories
from apps.jobs.models import Job
from apps.jobs.services import run_job


@pytest.fixture
def staff(client, make_user) -> Client:
    client.force_login(make_user("root@operator.example", is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", ["textresult", "postanalysis", "profileanalysis"])
def test_lists_and_details_show_and_nothing_can_be_added(staff, install, make_creator, model):
    install()
    analyse_profile(profile_id=make_creator("pasta").pk)
    kinds = {"textresult": TextResult, "postanalysis": PostAnalysis, "profileanalysis": ProfileAnalysis}
    key = kinds[model].objects.get().pk

    assert staff.get(f"/admin/analysis/{model}/").status_code == 200
    assert staff.get(f"/admin/analysis/{model}/{key}/change/").status_code == 200
    assert staff.get(f"/admin/analysis/{model}/add/").status_code == 403


def test_a_creator_can_be_analysed_again(staff, install, make_creator):
    install()
    analysis = analyse_profile(profile_id=make_creator("pasta").pk)

    staff.post("/admin/analysis/profileanalysis/", {"action": "analyse_again", "_selected_action": [analysis.pk]})

    assert Job.objects.get(kind="analysis.profile").params == {"profile_id": analysis.profile_id}


@pytest.fixture
def jobs(install, make_creator, settings):
    """A job that is through, by `scripted`, and one that waits."""
    install(version="7")
    settings.AI_BATCH_SIZE = 2
    done = submit_profile_analysis(profile_id=make_creator("pasta", "pasta a", "pasta b", username="done.one").pk)
    run_job(done.pk)
    return done, submit_profile_analysis(profile_id=make_creator("c", username="waiting.one").pk)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"done.one", "waiting.one"}),
        ("?engine=scripted", {"done.one"}),
        ("?state__exact=queued", {"waiting.one"}),
        ("?dead=yes", set()),
        ("?q=@Waiting", {"waiting.one"}),
        ("?q=nobody", set()),
    ],
)
def test_jobs_are_listed_by_state_engine_and_creator(staff, jobs, query, shown):
    page = staff.get(f"/admin/analysis/analysisjob/{query}").content.decode()

    assert {name for name in ("done.one", "waiting.one") if f"@{name}" in page} == shown


def test_a_job_shows_its_log_and_is_changed_by_nobodys_hand(staff, jobs):
    address = f"/admin/analysis/analysisjob/{jobs[0].pk}/change/"

    page = staff.get(address).content.decode()

    assert page.count("scripted 7") == 2
    assert "Taken by a worker" in page
    assert staff.post(address, {"state": "failed"}).status_code == 403


def test_jobs_are_cancelled_and_replayed_and_the_log_says_so(staff, jobs):
    waiting = jobs[1]
    for action in ("cancel", "replay"):
        staff.post("/admin/analysis/analysisjob/", {"action": action, "_selected_action": [waiting.pk]})

    assert Job.objects.get(pk=waiting.pk).state == "queued"
    log = AnalysisLog.objects.filter(job=waiting).values_list("event", "detail")
    assert list(log) == [("queued", "asked for"), ("cancelled", ""), ("queued", "replayed")]


def test_the_engines_page_says_who_reads_how_fast_and_who_was_replaced(staff, jobs, settings):
    settings.AI_ENGINES = ["scripted", "nowhere"]
    AnalysisLog.objects.filter(event="progress").update(took_ms=500)
    AnalysisLog.objects.create(
        job=jobs[0],
        event="progress",
        texts_read=1,
        took_ms=1,
        engine="rules",
        engine_version="1",
        instead_of="scripted",
    )

    rows = staff.get("/admin/analysis/engines/").context["table"]["rows"]

    by_name = {row[1]: row for row in rows}
    assert by_name["scripted"][:8] == [1, "scripted", "7", "closed", 0, "3", "3.0", "1 batches"]
    assert by_name["nowhere"][:3] == [2, "nowhere", "not installed"]
    assert by_name["rules"][0] == 3


def test_the_taxonomy_page_lists_every_category_with_its_creators(staff, jobs):
    rows = staff.get("/admin/analysis/taxonomy/").context["table"]["rows"]

    assert [row[1] for row in rows] == [info.code for info in list_categories()]
    assert {row[1]: row[3] for row in rows}["food"] == "1"
