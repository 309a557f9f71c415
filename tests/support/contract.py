"""Answers held against the checked-in OpenAPI schema: every key described, of the described type, and none besides."""

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


@cache
def load_schema() -> dict[str, Any]:
    schema = copy.deepcopy(yaml.safe_load(SCHEMA_FILE.read_text()))
    for component in schema["components"]["schemas"].values():
        if "properties" in component:
            component.setdefault("additionalProperties", False)
    return schema


def list_mismatches(response: Any) -> list[str]:
    """Where an answer of the test client differs from what its operation promises; empty for a kept promise."""
    asked = response.request
    operation = find_operation(asked["PATH_INFO"], asked["REQUEST_METHOD"].lower())
    described = operation["responses"].get(str(response.status_code))
    if described is None:
        return [f"{operation['operationId']} may not answer {response.status_code}"]
    if "content" not in described:
        return [f"{operation['operationId']} promises no body"] if response.content else []
    body = described["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**body, "components": load_schema()["components"]})
    return [
        f"{operation['operationId']} {response.status_code} at {error.json_path}: {error.message[:300]}"
        for error in validator.iter_errors(response.json())
    ]


def find_operation(path: str, method: str) -> dict[str, Any]:
    """The operation of a path; fixed parts win over parameters."""
    templates = sorted(load_schema()["paths"], key=lambda template: template.count("{"))
    for template in templates:
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
        if re.fullmatch(pattern, path) and method in load_schema()["paths"][template]:
            operation: dict[str, Any] = load_schema()["paths"][template][method]
            return operation
    raise LookupError(f"{method} {path} is not in the schema")
