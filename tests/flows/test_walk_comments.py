"""The walk again, with comments that a source gave: no number that those payloads cannot support."""

import pytest

from apps.profiles.models import Comment
from apps.teams.access import enter_team
from tests.support.demanding import DATA, demand

from . import discussions, walking
from .test_walk import find_faults, show

PAYLOADS = discussions.list_discussions(DATA) if DATA.is_dir() else {}


@pytest.fixture
def discussed(fake, read, settings):
    """`discussed(answers)`: a creator under whose posts a source gives these comments."""
    settings.DECODO_CAPABILITIES = ["profile", "comments"]
    settings.COMMENTS_POSTS, settings.COMMENTS_PER_POST = discussions.POSTS, 100

    def build(answers):
        for shortcode, answer in answers.items():
            fake.add_post(shortcode, answer)
        return read(discussions.make_user())

    return build


def test_the_shared_comments_are_walked():
    demand(DATA.is_dir(), str(DATA))

    assert len(PAYLOADS) >= 6
    assert sum(len(discussions.list_comments(answers)) for answers in PAYLOADS.values()) >= 1500


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_number_that_the_comments_cannot_support(team, discussed, payload):
    given = discussions.list_comments(PAYLOADS[payload])
    user = discussions.make_user()
    with enter_team(team):
        profile = discussed(PAYLOADS[payload])
        report, answers = show(profile)

    known = walking.count_inputs(user)
    known |= {"comments.text": len(given), "comments.author": len({_name_author(one) for one in given})}
    part = answers["comments/sentiment"]
    assert Comment.objects.count() == len({one["id"] for one in given})
    assert part["coverage"]["comments"] == Comment.objects.count()
    assert part["coverage"]["posts"] == len(PAYLOADS[payload])
    assert "\n".join(find_faults(user, report, answers, known)) == ""


def test_without_comments_nothing_is_said_of_them(team, discussed):
    with enter_team(team):
        _report, answers = show(discussed({}))

    metrics = answers["comments/sentiment"]["metrics"]
    assert answers["comments/sentiment"]["coverage"]["comments"] == 0
    assert {key: metric["value"] for key, metric in metrics.items() if metric["value"] is not None} == {}


def _name_author(comment):
    return (comment.get("owner") or comment.get("user"))["username"]
