"""Answers of every year, read as a customer gets them and held against what was worked out by hand."""

import pytest

from . import oracle
from .variants import VARIANTS

FOLLOWERS = ("followers", "following", "posts_count")


def find_differences(shown, expected):
    return {name: (shown[name], value) for name, value in expected.items() if shown[name] != value}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_careful_reader_agrees(customer, team, fake, name):
    variant, brand = VARIANTS[name], customer(team)
    fake.add(variant.content)
    assert brand.look_up(variant.username).status_code == 402

    answer, job = brand.unlock(variant.username)

    if not variant.worth_its_price:
        assert (job["result"] if job else answer.json())["code"] == "report.limited"
        assert {entry["kind"] for entry in brand.transactions()} <= {"grant"}
        return
    assert answer.status_code in {201, 202}, answer.content
    report = brand.look_up(variant.username).json()
    posts = {post["shortcode"]: post for post in report["posts"]}
    assert tuple(report[count] for count in FOLLOWERS) == variant.account
    assert {code: find_differences(posts[code], told) for code, told in variant.posts.items()} == {
        code: {} for code in variant.posts
    }
    shown = {key: report["metrics"][key]["value"] for key in variant.metrics}
    assert shown == pytest.approx(variant.metrics)
    assert [(path, fault) for path, metric in oracle.list_metrics(report) if (fault := oracle.find_fault(metric))] == []
