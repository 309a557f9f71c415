"""What an author's texts are about together, worked out by hand."""

import pytest

from apps.analysis.engines.rules import RulesEngine
from apps.analysis.pooling import choose_pooled, pool_chances, read_chances


def test_the_mean_is_over_the_texts_that_have_an_opinion():
    pooled = pool_chances([{"food": 0.6, "travel": 0.2}, {"travel": 0.8}, {}])

    assert pooled == pytest.approx({"food": 0.3, "travel": 0.5})
    assert choose_pooled(pooled) == "travel"


def test_a_text_has_one_vote_however_sure_it_is_of_several():
    assert pool_chances([{"food": 0.9, "travel": 0.9, "home": 0.2}]) == pytest.approx(
        {"food": 0.45, "travel": 0.45, "home": 0.1}
    )


def test_faint_hints_add_up():
    chances = [{"food": 0.2, "pets": 0.1}, {"food": 0.2, "home": 0.15}, {"food": 0.2, "travel": 0.4}]

    assert choose_pooled(pool_chances(chances)) == "food"


def test_ties_go_by_name_and_nothing_is_chosen_from_nothing():
    assert choose_pooled({"travel": 0.5, "food": 0.5}) == "food"
    assert choose_pooled({"travel": 0.5, "food": 0.4}, {"food"}) == "food"
    assert choose_pooled({"travel": 0.5}, {"food"}) is choose_pooled({}) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"categories": {"food": 0.5, "home": 0.1}}, {"food": 0.5, "home": 0.1}),
        ({"categories": [["food", 0.5], ["home", 0.1]]}, {"food": 0.5, "home": 0.1}),
        ({"length": 3}, {"pets": 0.7}),
        ({"categories": {}}, {"pets": 0.7}),
    ],
)
def test_chances_are_all_that_an_engine_named_else_its_label(raw, expected):
    """Also in the form in which earlier versions stored them."""
    assert read_chances(raw, "pets", 0.7) == expected
    assert read_chances({}, None, 0.1) == {}


def test_the_rules_name_every_category_that_they_found_words_for():
    [answer] = RulesEngine().analyse(["pasta at the hotel"])

    # Two words, one each: half of the evidence times 1 - e^(-1/2).
    assert answer.raw["categories"] == {"food": 0.1967, "travel": 0.1967}
