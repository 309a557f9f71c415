"""What the product asks of a PostgreSQL."""

from apps.core.checks.postgres import check_postgres, judge_server

GOOD = {"alias": "default", "version": 150_018, "locks": 512, "available": {"vector", "pg_trgm"}}


def test_the_server_of_the_tests_is_good_enough(db):
    assert check_postgres(databases=["default"]) == []


def test_nothing_is_asked_of_databases_that_are_not_checked():
    assert check_postgres(databases=None) == []


def test_each_lack_is_said_with_what_to_do():
    assert judge_server(**GOOD) == []
    assert [error.id for error in judge_server(**{**GOOD, "version": 140_011})] == ["core.E001"]
    assert [error.id for error in judge_server(**{**GOOD, "available": {"pg_trgm"}})] == ["core.E002"]
    assert [error.id for error in judge_server(**{**GOOD, "locks": 64})] == ["core.E003"]
    assert all(error.hint for error in judge_server(alias="default", version=90_000, locks=1, available=set()))
