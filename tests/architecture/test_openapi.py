"""The checked-in schema describes every route of the API in full."""

from collections.abc import Iterator
from typing import Any

import yaml

from .environment import ROOT

SCHEMA = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())
OPERATORS = ("/api/v1/admin/", "/api/v1/credits/system/")
OUTSIDE = (*OPERATORS, "/api/v1/auth/", "/api/v1/instagram/methodology", "/api/v1/billing/webhooks/")


def list_operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def list_refused(operation: dict[str, Any]) -> dict[str, Any]:
    return {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}


def test_every_operation_has_a_name_of_its_own_and_a_summary():
    operations = [operation for _path, _method, operation in list_operations()]

    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert [operation["operationId"] for operation in operations if not operation.get("summary")] == []


def test_every_refusal_lists_its_codes_with_an_example_of_each():
    wrong = []
    for path, method, operation in list_operations():
        for status, answer in list_refused(operation).items():
            if not path.startswith("/api/v1/"):
                continue
            examples = answer["content"]["application/json"].get("examples", {}).values()
            codes = {example["value"]["error"]["code"] for example in examples}
            told = {word.strip("`") for word in answer["description"].split()}
            if not codes or codes != told:
                wrong.append(f"{method} {path} {status}: {sorted(told)} but examples of {sorted(codes)}")

    assert wrong == []


def test_every_route_of_a_team_says_what_the_door_refuses():
    door = {"400", "401", "403", "404"}

    assert [
        f"{method} {path}"
        for path, method, operation in list_operations()
        if path.startswith("/api/v1/") and not path.startswith(OUTSIDE) and path != "/api/v1/teams/"
        if door - set(operation["responses"])
    ] == []


def test_every_route_of_the_operator_says_that_it_is_his():
    operations = [one for one in list_operations() if one[0].startswith(OPERATORS)]

    assert operations
    assert [f"{method} {path}" for path, method, one in operations if {"401", "403"} - set(one["responses"])] == []


def test_every_list_is_described_as_a_page():
    bare = [
        f"{method} {path}"
        for path, method, operation in list_operations()
        for status, answer in operation["responses"].items()
        if status == "200"
        for content in answer.get("content", {}).values()
        if content["schema"].get("type") == "array"
    ]

    assert bare == []
