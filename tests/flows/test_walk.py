"""No number that its inputs cannot support: every metric of the report and of its parts, of every payload there is.

A server on loopback serves the payload, the jobs run as a worker runs them, and the answers are read from the very
selectors that the API's views return; that API and selectors say the same is asserted once.
"""

import copy
import json

import orjson
import pytest

from apps.discovery.selectors import discussion, insight, parts
from apps.discovery.selectors.reports import build_report
from apps.profiles.metrics import list_definitions
from apps.profiles.models import Post
from apps.teams.access import enter_team
from tests.support.demanding import DATA, demand

from . import accounts, oracle, sentences, walking

USERS = {**(accounts.list_users(DATA) if DATA.is_dir() else {}), **accounts.INVENTED}
PARTS = {
    "audience": insight.get_audience,
    "authenticity": insight.get_authenticity,
    "pricing": insight.get_pricing,
    "safety": insight.get_safety,
    "comments/sentiment": discussion.get_comment_sentiment,
}
DEFINITIONS = {known.method: known.as_dict() for known in list_definitions()}


def find_faults(user, report, answers, known):
    """Every fault of every metric of a report and its parts, given what the payloads have to rest numbers on."""
    named = oracle.list_metrics(report) + [
        (f"{name}{path}", metric) for name, answer in answers.items() for path, metric in oracle.list_metrics(answer)
    ]
    assert len(named) > 100
    return (
        walking.find_faults(iter(named), DEFINITIONS, known)
        + sentences.find_faults(report, answers)
        + oracle.find_faults(user, report)
        + recompute(report, answers)
        + compare_plain_numbers(user, report)
    )


def show(profile):
    """`(report, {part: answer})`, as they travel."""
    report = build_report(profile)
    answers = {"growth": parts.show_growth(report), "content": parts.show_content(report)}
    answers |= {"brands": parts.show_brands(report, profile), **{name: get(profile) for name, get in PARTS.items()}}
    return json.loads(orjson.dumps((report, answers)))


def recompute(report, answers):
    """What estimates say, once more from what they say they rest on; empty when all is right."""
    priced, faults = answers["pricing"], []
    rates, metrics = priced["rate_table"]["rates"], priced["metrics"]
    for kind in ("post", "reel", "story"):
        price, worth, cpm = (metrics[key]["value"] for key in (f"price.{kind}", f"emv.{kind}", f"price.cpm.{kind}"))
        if price is None:
            faults += [f"price.cpm.{kind}: a cost without a price"] if cpm is not None else []
            continue
        spread = abs(worth - price["impressions"] / 1000 * rates["emv_cpm"]) > 0.5 / 1000 * rates["emv_cpm"] + 0.01
        faults += [f"emv.{kind}: {worth} for {price['impressions']} impressions"] if spread else []
        faults += [] if price["low"] <= price["middle"] <= price["high"] else [f"price.{kind}: {price}"]
    checks = [row for row in answers["authenticity"]["reasons"] if row["severity"] is not None]
    score = answers["authenticity"]["score"]["value"]
    if score is not None:
        lost = sum(row["weight"] * row["severity"] for row in checks) / sum(row["weight"] for row in checks)
        faults += [f"authenticity.score: {score}"] if abs(score - (100 - 100 * lost)) > 0.06 else []
    told = [row for row in report["metrics"]["content.quality.parts"]["value"] or [] if row["value"] is not None]
    quality = report["metrics"]["content.quality"]["value"]
    if quality is not None:
        mean = sum(row["weight"] * row["value"] for row in told) / sum(row["weight"] for row in told)
        faults += [f"content.quality: {quality}, not {mean}"] if abs(quality - mean) > 0.06 else []
    return faults


def compare_plain_numbers(user, report):
    """The numbers that travel outside of metrics: the series of growth and the sums of the content."""
    expected, account = oracle.expect_metrics(user), oracle.expect_account(user)
    faults = []
    for point in report["growth"]["series"]:
        for name in account:
            faults += [f"series {name}: {point[name]}"] if point[name] != account[name] else []
        for name in ("likes", "comments", "views"):
            shown, value = point[f"median_{name}"], expected[f"{name}.median"]
            same = shown is value if shown is None or value is None else abs(shown - value) <= 0.5
            faults += [] if same else [f"series median_{name}: {shown}, not {value}"]
    tone, metrics = report["content"]["sentiment"], report["content"]["metrics"]
    if metrics and tone["mean"] != metrics["content.sentiment.mean"]["value"]:
        faults.append(f"the tone is {tone['mean']}")
    return faults


def test_the_shared_data_is_walked():
    demand(DATA.is_dir(), str(DATA))

    assert len(USERS) - len(accounts.INVENTED) >= 15


@pytest.mark.parametrize("payload", USERS)
def test_no_number_that_its_inputs_cannot_support(team, read, payload):
    user = USERS[payload]
    with enter_team(team):
        profile = read(user)
        report, answers = show(profile)

    faults = find_faults(user, report, answers, walking.count_inputs(user))

    assert "\n".join(faults) == ""


def test_every_published_metric_of_a_creator_is_walked(team, read):
    with enter_team(team):
        report, answers = show(read(accounts.INVENTED["reels"]))

    walked = {metric["method"] for _path, metric in oracle.list_metrics([report, answers])}

    # Beside a report: a post among others, and creators among each other.
    rest = {method for method in DEFINITIONS if not method.startswith(("post.", "similar."))}
    assert rest - walked == set()


def test_the_api_says_what_the_selectors_say(customer, team, fake, run_jobs):
    name = fake.add(copy.deepcopy(accounts.INVENTED["reels"]))
    brand = customer(team)
    brand.look_up(name)
    brand.unlock(name)
    run_jobs()

    with enter_team(team):
        profile = Post.objects.filter(profile__username=name)[0].profile
        report, answers = show(profile)

    whole = brand.look_up(name).json()
    assert timeless({key: whole[key] for key in report}) == timeless(report)
    assert timeless({part: brand.part(name, part).json() for part in answers}) == timeless(answers)


def timeless(data):
    """Without the moments at which the peers were counted."""
    if isinstance(data, list):
        return [timeless(item) for item in data]
    if isinstance(data, dict):
        return {key: timeless(value) for key, value in data.items() if key != "as_of"}
    return data
