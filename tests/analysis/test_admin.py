"""Analysis in the backoffice: looked at, not edited."""

import pytest
from django.test import Client

from apps.analysis.models import PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.services import analyse_profile
from apps.jobs.models import Job


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
