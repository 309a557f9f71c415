"""Words that a brand may mind: found whole, in every script, with their place; nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.profiles.metrics import compute_metrics
from apps.profiles.metrics.definitions.safety import SafetyFacts
from apps.profiles.metrics.safety import CATEGORIES, SAFETY_CODES, find_flags

from .facts import make_facts, make_post

TERMS = [
    (category.code, term) for category in CATEGORIES for terms in category.terms.values() for term in terms.split("|")
]


def test_every_language_of_the_product_is_there():
    from apps.analysis.languages import LANGUAGES

    assert {category.code: set(category.terms) for category in CATEGORIES} == {
        code: set(LANGUAGES) for code in SAFETY_CODES
    }


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_every_published_term_is_found(case):
    lost = [
        (code, term)
        for code, term in TERMS
        if code not in {flag.code for flag in find_flags(f"🔥 {case(term)}, 42 💛")}
    ]

    assert lost == []


@pytest.mark.parametrize(
    "caption",
    [
        "", "💛", "got my pic", "Scunthorpe and the beerenauslese", "grape juice", "a casinos-free weekend 1", "winery",
        "my suitcase",
        "non-alcoholic cocktail of fruit".replace("cocktail", "drink"), "Suicide prevention matters", "food porn",
        "hot glue gun",
        "ノンアルコールビールで乾杯", "alkoholfreies Bier".replace("Bier", "Getränk"), "çok güzel bir gün",
        "el cono de helado",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_none(caption):
    assert find_flags(caption) == []


def test_a_flag_quotes_what_is_written():
    caption = "A long Sunday with the whole family at the lake, and then a cold BEER by the fire. Then home, all of us."

    (flag,) = find_flags(caption)

    assert (flag.code, flag.severity, flag.term) == ("alcohol", 1, "beer")
    assert caption[flag.start : flag.start + flag.length] == "BEER"
    assert flag.quote.startswith("…")
    assert "cold BEER by" in flag.quote


@pytest.mark.parametrize(
    ("caption", "written"),
    [
        ("昨日はワインを", "ワイン"),
        ("COCAINA no", "COCAINA"),
        ("e\u0301xtasis", "e\u0301xtasis"),
        ("ＢＥＥＲ", "ＢＥＥＲ"),
    ],
)
def test_places_are_those_of_the_caption_as_stored(caption, written):
    (flag,) = find_flags(caption)

    assert caption[flag.start : flag.start + flag.length] == written


@given(st.text(max_size=300))
def test_whatever_is_written(caption):
    for flag in find_flags(caption):
        assert 0 <= flag.start < flag.start + flag.length <= len(caption)
        assert len(flag.quote) <= 240
        assert flag.code in SAFETY_CODES


def test_the_share_rests_on_posts_with_a_caption():
    posts = [
        make_post(1, caption="wine and beer"),
        make_post(2, caption="casino"),
        make_post(3, caption="tea"),
        make_post(4),
    ]
    metrics = compute_metrics(SafetyFacts(profile=make_facts(*posts)))

    assert metrics["safety.flagged.share"].value == 66.6667
    assert metrics["safety.flagged.share"].sample.as_dict()["excluded"] == {"no_caption": 1}
    assert [(row["code"], row["posts"], row["shortcodes"]) for row in metrics["safety.categories"].value] == [
        ("gambling", 1, ["C2"]),
        ("alcohol", 1, ["C1"]),
    ]


def test_without_captions_nothing_is_said():
    metrics = compute_metrics(SafetyFacts(profile=make_facts(make_post(1))))

    assert metrics["safety.flagged.share"].reason == "None of the posts has a caption."
