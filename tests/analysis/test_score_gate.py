"""No change may cost an engine more than a point: a fixed sample of each labelled set, against the committed scores."""

import json

import pytest

from apps.analysis.engines.local.heads import SCORES_FILE
from apps.analysis.engines.transformers.shortlist import SHORTLIST
from apps.analysis.evaluation.committed import read_scores
from apps.analysis.evaluation.document import write_document
from apps.analysis.evaluation.running import GATE_TEXTS, choose_rows, find_set, score_set
from apps.analysis.evaluation.sets import SETS
from apps.analysis.evaluation.shortlist import WANTED, choose_size
from apps.analysis.management.commands.evaluate_engines import DOCUMENT
from tests.support.demanding import demand_data

GATE = [(name, engine, score) for name, engines in read_scores()["gate"].items() for engine, score in engines.items()]


@pytest.mark.parametrize(("name", "engine", "committed"), GATE, ids=str)
def test_a_score_drops_by_no_more_than_a_point(name, engine, committed):
    datasets = demand_data("datasets")
    one = find_set(name)

    outcome = score_set(one, choose_rows(one, datasets, GATE_TEXTS), engine)

    assert outcome["score"] >= committed - 0.01


def test_every_set_has_a_committed_score_of_every_engine_that_it_may_score():
    wanted = {(one.name, engine) for one in SETS for engine in ("local", "rules") if engine not in one.taught}

    assert {(name, engine) for name, engine, _score in GATE} == wanted


def test_the_shortlist_is_as_long_as_the_rule_makes_it():
    found = read_scores()["shortlist"]

    assert found["k"] == choose_size(found["recall"], found["wanted"]) == SHORTLIST
    assert found["wanted"] == WANTED


def test_an_authors_category_reaches_its_aim():
    found = read_scores()["scores"]["category of authors, held back"]["local"]

    assert found["score"] >= 0.50
    assert found["authors"] == 440


def test_the_document_is_that_of_the_committed_scores():
    assert DOCUMENT.read_text(encoding="utf-8") == write_document(read_scores(), json.loads(SCORES_FILE.read_text()))
