"""Who takes part: by hand, Arabic-aware, and nothing where only counts are known."""

from dataclasses import replace

import pytest
from django.utils import timezone

from apps.analysis.metrics import AudienceFacts, CommentLabel, LabelledDiscussion
from apps.analysis.names import guess_gender
from apps.analysis.places import DIALECTS, LANGUAGES, PLACES, find_dialect, find_flag, find_place
from apps.analysis.selectors import get_audience_facts
from apps.core.words import unaccent
from apps.profiles.metrics import CommentFacts, DiscussionFacts, compute_metrics
from apps.profiles.models import Comment
from tests.discovery.creators import build_creator

NOW = timezone.now()


def make_facts(*rows: tuple[str, str, str], followers=10_000, elsewhere=None, gender=False, **more) -> AudienceFacts:
    """(author, text, language) of each comment."""
    comments = tuple(
        CommentFacts(id=n, post_id="p", text=text, author=author, username=author, by_creator=author == "maya")
        for n, (author, text, _language) in enumerate(rows)
    )
    labels = {
        n: CommentLabel(language=language, sentiment="neutral", score=0.0, engine="local")
        for n, (_author, _text, language) in enumerate(rows)
    }
    discussion = DiscussionFacts(username="maya", as_of=NOW, comments=comments, **{"of": 900, **more})
    return AudienceFacts(
        discussion=LabelledDiscussion(discussion=discussion, labels=labels),
        followers=followers,
        elsewhere={author: frozenset(kinds) for author, kinds in (elsewhere or {}).items()},
        infer_gender=gender,
    )


def crowd(size: int, text: str, language: str, name: str = "reader") -> list[tuple[str, str, str]]:
    return [(f"{name}{n}", text, language) for n in range(size)]


def value(facts: AudienceFacts, key: str):
    return compute_metrics(facts)[key].value


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("تحياتي من الرياض", "SA"), ("كلنا للرياض", "SA"), ("أهلاً بالرياض", "SA"), ("أنا سعوديّة", "SA"),
        ("من أبوظبي", "AE"),
        ("أَهْلُ مِصْرَ", "EG"), ("والكويت", "KW"), ("Grüße aus KÖLN!", "DE"), ("love from São Paulo", "BR"),
        ("मुंबई से प्यार", "IN"), ("東京から", "JP"), ("привет, Москва", "RU"),
    ],
)  # fmt: skip
def test_places_are_found_in_their_script_and_behind_prefixes(text, country):
    assert find_place(text) == country


@pytest.mark.parametrize(
    "text", ["", "عمان", "مصرف", "الكويت وقطر", "@paris", "comparison", "from Paris to Berlin", "romance"]
)
def test_what_names_no_place_or_two_tells_nothing(text):
    assert find_place(text) is None


def test_dialects_and_flags():
    assert (find_dialect("عايز اعرف ازاي"), find_dialect("شكرا جزيلا"), find_dialect("بزاف زوين")) == ("EG", None, "MA")
    assert (find_flag("hi 🇩🇪🇩🇪"), find_flag("🇩🇪🇫🇷"), find_flag("🏳️‍🌈")) == ("DE", None, None)


def test_no_name_stands_for_two_countries():
    for table in (PLACES, DIALECTS):
        names = [unaccent(name) for names in table.values() for name in names]
        assert len(names) == len(set(names))
    assert all(len(code) == 2 and code.isupper() for code in (*PLACES, *DIALECTS, *LANGUAGES.values()))


def test_each_person_counts_once_by_its_most_frequent_language():
    rows = crowd(15, "what a lovely day", "en") + crowd(15, "was für ein tag", "de", "leser")
    rows += (
        [("reader0", "so ein schöner tag", "de")] * 2
        + crowd(10, "😍", "und", "silent")
        + [("maya", "vielen dank euch", "de")]
    )

    metric = compute_metrics(make_facts(*rows))["audience.languages"]

    assert metric.value == [
        {"label": "de", "share": 53.3333, "n": 16}, {"label": "en", "share": 46.6667, "n": 14},
    ]  # fmt: skip
    assert metric.sample.as_dict() == {"size": 30, "of": 40, "kind": "people", "excluded": {"nothing_told": 10}}
    assert str(metric.status) == "estimated"


def test_the_strongest_evidence_of_a_person_tells_its_country():
    rows = [
        *crowd(8, "so nice 🇨🇭", "en", "a"), *crowd(6, "تحياتي من الرياض", "ar", "b"),
        *crowd(4, "عايز اعرف ازاي", "ar", "c"), *crowd(2, "che bel colore oggi", "it", "d"),
        *crowd(30, "what a lovely day", "en", "e"), ("d0", "ciao da Berlin", "it"),
    ]  # fmt: skip

    metric = compute_metrics(make_facts(*rows))["audience.countries"]

    shown = {
        row["label"]: (row["n"], row["flag"], row["place"], row["dialect"], row["language"]) for row in metric.value
    }
    assert shown == {
        "CH": (8, 8, 0, 0, 0), "SA": (6, 0, 6, 0, 0), "EG": (4, 0, 0, 4, 0), "DE": (1, 0, 1, 0, 0),
        "IT": (1, 0, 0, 0, 1),
    }  # fmt: skip
    assert (metric.sample.size, metric.sample.of) == (20, 50)
    assert sum(row["share"] for row in metric.value) == pytest.approx(100)
    assert str(metric.confidence) == "low"


def test_gender_is_off_unless_it_is_switched_on():
    rows = crowd(15, "hello", "en", "anna_") + crowd(10, "hello", "en", "omar.") + crowd(5, "hello", "en", "xx")

    off, on = (compute_metrics(make_facts(*rows, gender=gender))["audience.gender"] for gender in (False, True))

    assert (off.value, off.reason) == (None, "Inferring the gender of private people is switched off.")
    assert on.value == [{"label": "female", "share": 60.0, "n": 15}, {"label": "male", "share": 40.0, "n": 10}]
    assert (on.sample.size, on.sample.of) == (25, 30)
    assert (guess_gender("annabelle"), guess_gender("_anna"), guess_gender("42")) == (None, None, None)


def test_interests_come_from_where_else_people_comment():
    elsewhere = {f"reader{n}": {"food_and_drink", "travel"} if n < 5 else {"travel"} for n in range(25)}

    metric = compute_metrics(make_facts(*crowd(50, "hello", "en"), elsewhere=elsewhere))["audience.interests"]

    assert metric.value == [
        {"label": "travel", "share": 100.0, "n": 25}, {"label": "food_and_drink", "share": 20.0, "n": 5},
    ]  # fmt: skip
    assert (metric.sample.size, metric.sample.of) == (25, 50)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (make_facts(), "Only the number of comments is known (900): no source gave their text."),
        (make_facts(of=None), "No comments are known."),
        (make_facts(is_private=True), "The account is private: its comments are not public."),
        (make_facts(("", "hello there all", "en")), "The authors of the comments are unknown."),
    ],
)
def test_where_only_counts_are_known_there_is_no_audience(facts, reason):
    metrics = compute_metrics(facts)

    assert {metric.value for metric in metrics.values()} == {None}
    assert {metric.reason for key, metric in metrics.items() if key != "audience.gender"} == {reason}


def test_comments_without_labels_are_not_called_wordless():
    facts = make_facts(*crowd(70, "I love this place so much", "en"))
    facts = replace(facts, discussion=replace(facts.discussion, labels={}))

    found = compute_metrics(facts)["audience.languages"]

    assert (found.value, found.reason) == (None, "The comments have not been analysed yet.")


def test_twenty_people_are_the_least():
    assert value(make_facts(*crowd(19, "what a lovely day", "en")), "audience.languages") is None
    assert value(make_facts(*crowd(20, "what a lovely day", "en")), "audience.languages")
    assert value(make_facts(*crowd(20, "hi", "en"), followers=1_000), "audience.people") == 2.0
    assert value(make_facts(*crowd(20, "hi", "en"), followers=0), "audience.people") is None


@pytest.mark.django_db
def test_people_are_found_under_other_creators_of_the_same_kind(settings):
    from apps.analysis.models import ProfileAnalysis

    settings.AUDIENCE_INFER_GENDER = True
    maya, other, real = build_creator("maya"), build_creator("other"), build_creator("real.one", synthetic=False)
    for profile, category in ((other, "travel"), (real, "food_and_drink"), (maya, "pets")):
        ProfileAnalysis.objects.create(profile=profile, primary_category=category, analysed_at=NOW)
        for author in ("one", "two"):
            Comment.objects.create(
                post=profile.posts.first(), external_id=author, text="hello", author_external_id=author
            )
    Comment.objects.create(post=maya.posts.first(), external_id="x", text="hello", author_external_id="three")

    facts = get_audience_facts(maya)

    assert facts.elsewhere == {"one": frozenset({"travel"}), "two": frozenset({"travel"})}
    assert facts.infer_gender is True
