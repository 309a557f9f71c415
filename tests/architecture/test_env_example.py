"""`.env.example` is complete and says the truth."""

from typing import Any

from .environment import UNKNOWN, list_documented, list_readings

# Where production and the local start differ, the example states the base's.
SEVERAL = {"ALLOWED_HOSTS", "DEMO"}


def write(value: Any) -> str:
    """A default as one writes it into the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, list) else str(value)


def test_every_variable_that_is_read_stands_in_the_example():
    documented = list_documented()

    missing = sorted(
        {f"{reading.name} ({reading.where})" for reading in list_readings() if reading.name not in documented}
    )

    assert missing == []


def test_the_example_names_nothing_that_is_not_read():
    read = {reading.name for reading in list_readings()}

    assert sorted(set(list_documented()) - read) == []


def test_its_defaults_are_those_of_the_code():
    documented = list_documented()

    wrong = [
        f"{reading.name}: {documented[reading.name][0]!r} instead of {write(reading.default)!r} ({reading.where})"
        for reading in list_readings()
        if reading.default is not UNKNOWN and reading.name in documented and reading.name not in SEVERAL
        if documented[reading.name][0] != write(reading.default)
    ]

    assert wrong == []


def test_each_has_a_line_that_says_what_it_is():
    assert [name for name, (_default, comment) in list_documented().items() if not comment] == []
