"""Names in any script, addresses in the narrow one."""

import pytest

from apps.teams.errors import SlugInvalid, SlugTaken, TeamNameInvalid
from apps.teams.models import Team
from apps.teams.services import create_team
from apps.teams.services.naming import clean_slug, clean_team_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Acme   GmbH ", "Acme GmbH"),
        ("فريق التسويق", "فريق التسويق"),
        ("Cafe\u0301", "Café"),
        ("👩‍💻 Lab", "👩‍💻 Lab"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("two\nlines\x00", "two lines"),
        ("x" * 80, "x" * 80),
    ],
)
def test_a_name_is_kept_as_people_write_it(given, kept):
    assert clean_team_name(given) == kept


@pytest.mark.parametrize("given", ["", "   ", "\u200b\u2060", "\u202e", "\u0301", "x" * 81])
def test_a_name_that_nobody_sees_is_refused(given):
    with pytest.raises(TeamNameInvalid):
        clean_team_name(given)


@pytest.mark.parametrize(
    "given", ["a", "-ab", "ab-", "a--b", "a_b", "a b", "émile", "api", "admin", "x" * 51, "a/b", "t\n"]
)
def test_a_chosen_address_that_cannot_be_one_is_refused(given):
    with pytest.raises(SlugInvalid):
        clean_slug(given)


def test_a_chosen_address_is_lower_case():
    assert clean_slug(" Acme-Gmbh2 ") == "acme-gmbh2"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Acme GmbH", "acme-gmbh"),
        ("فريق التسويق", "team-"),
        ("🚀🚀", "team-"),
        ("Admin", "admin-team-"),
        ("X", "x-team-"),
        ("Ünïcode & Söhne", "unicode-sohne"),
        ("a_b", "a-b"),
        ("--", "team-"),
        ("word " * 16, "word-word-word-word-word-word-word-word-wo"),
    ],
)
def test_a_team_gets_an_address_from_any_name(make_user, name, start):
    team = create_team(name=name, owner=make_user())

    assert team.slug.startswith(start)
    assert clean_slug(team.slug) == team.slug


def test_teams_of_one_name_get_different_addresses(make_user):
    first = create_team(name="Acme", owner=make_user())
    second = create_team(name="Acme", owner=make_user())

    assert first.slug == "acme"
    assert second.slug.startswith("acme-")


def test_a_chosen_address_that_is_taken_is_refused(make_user, team):
    with pytest.raises(SlugTaken):
        create_team(name="Anything", owner=make_user(), slug=team.slug)

    assert Team.objects.count() == 1
