"""Creators in the backoffice."""

import json

import pytest
from django.urls import reverse

from apps.profiles.models import Profile, RateTable, RawPayload
from apps.profiles.services import refresh_profile
from tests.fakes import decodo as says
from tests.profiles import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def backoffice(client, make_user):
    client.force_login(make_user("root@operator.example", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def stored(decodo):
    decodo.add(_user())
    return refresh_profile(username="someone").profile


def _user():
    return making.make_user(biography="<script>alert(1)</script>")


def test_the_list_finds_a_creator(backoffice, stored):
    page = backoffice.get(
        reverse("admin:profiles_profile_changelist"), {"q": "someo", "flagged": "no", "source": "decodo"}
    )

    assert page.status_code == 200
    assert "@someone" in page.content.decode()


@pytest.mark.parametrize(
    "model", ["profile", "post", "snapshot", "rawpayload", "sourcestate", "mediaasset", "ratetable"]
)
def test_every_list_opens(backoffice, stored, model):
    assert backoffice.get(reverse(f"admin:profiles_{model}_changelist")).status_code == 200


def test_the_raw_answer_is_shown_escaped(backoffice, stored):
    url = reverse("admin:profiles_rawpayload_change", args=[RawPayload.objects.get().pk])

    html = backoffice.get(url).content.decode()

    assert "edge_followed_by" in html
    assert "<script>alert(1)" not in html


def test_a_creator_is_refreshed_by_hand(backoffice, stored, decodo):
    decodo.add({**_user(), "edge_followed_by": {"count": 6_000}})

    backoffice.get(reverse("admin:profiles_profile_refresh_one", args=[stored.pk]), follow=True)

    assert Profile.objects.get().followers == 6_000


def test_a_failing_source_is_said(backoffice, stored, decodo):
    decodo.fail("someone", says.BROKEN)
    url = reverse("admin:profiles_profile_changelist")

    page = backoffice.post(url, {"action": "refresh_selected", "_selected_action": [stored.pk]}, follow=True)

    assert "source_unavailable" in page.content.decode()


def test_nothing_is_edited_here(backoffice, stored):
    url = reverse("admin:profiles_profile_change", args=[stored.pk])

    assert backoffice.post(url, {"username": "other"}).status_code == 403
    assert Profile.objects.get().username == "someone"


def test_rates_are_published_anew_and_never_changed(backoffice):
    first = RateTable.objects.get()
    wrong = {"rates": json.dumps({**first.rates, "emv_cpm": 0}), "note": "Oops"}
    right = {"rates": json.dumps({**first.rates, "emv_cpm": 11}), "note": "Autumn"}

    refused = backoffice.post(reverse("admin:profiles_ratetable_add"), wrong)
    taken = backoffice.post(reverse("admin:profiles_ratetable_add"), right)
    shown = backoffice.post(reverse("admin:profiles_ratetable_change", args=[first.pk]), right)

    assert "emv_cpm is a number above 0." in refused.content.decode()
    assert taken.status_code == 302
    assert shown.status_code == 403
    assert list(RateTable.objects.order_by("version").values_list("version", "note"))[1:] == [(2, "Autumn")]
