"""`instagram/methodology`: public, whole, and the same as what computes."""

import pytest
from rest_framework.test import APIClient

from apps.profiles.metrics import list_definitions

pytestmark = pytest.mark.django_db


def test_anybody_reads_every_definition():
    answer = APIClient().get("/api/v1/instagram/methodology")

    assert answer.status_code == 200
    methods = [entry["method"] for group in answer.json()["results"] for entry in group["definitions"]]
    assert sorted(methods) == sorted(definition.method for definition in list_definitions())


def test_one_definition_by_its_method():
    answer = APIClient().get("/api/v1/instagram/methodology/er.followers.median.v1")

    assert answer.status_code == 200
    assert answer.json()["key"] == "engagement_rate.followers.median"
    assert answer.json()["formula"].startswith("For each of the 12 latest posts")


def test_the_disclosure_list_is_published():
    body = APIClient().get("/api/v1/instagram/methodology/sponsored.share.v1").json()

    assert len(body["published"]["disclosure"]["hashtags"]) == 20


def test_an_unknown_method_is_not_found():
    answer = APIClient().get("/api/v1/instagram/methodology/er.followers.median.v99")

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "methodology.not_found"


def test_a_bad_credential_is_refused_even_here():
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Bearer nonsense")

    assert client.get("/api/v1/instagram/methodology").status_code == 401
