"""Reads the summary of a creator as a distrustful reader would: each number is looked up where its sentence says."""

import re
from collections.abc import Iterator
from typing import Any

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)([KMB]?)")
_SIZES = {"": 1, "K": 1e3, "M": 1e6, "B": 1e9}


def collect_metrics(report: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """Every metric of a creator by its key, from wherever the API shows it."""
    metrics = {**report["metrics"], **report["content"]["metrics"]}
    for answer in answers.values():
        metrics |= answer.get("metrics", {})
    return metrics


def find_faults(report: dict[str, Any], answers: dict[str, Any]) -> list[str]:
    """What is wrong with the sentences; empty when each number is the one that it rests on."""
    metrics = collect_metrics(report, answers)
    shortcodes = {post["shortcode"] for post in report["posts"]} | _flagged(answers)
    return [
        f"{one['code']}: {fault}" for one in report["summary"] for fault in find_claim_faults(one, metrics, shortcodes)
    ]


def _flagged(answers: dict[str, Any]) -> set[str]:
    return {row["shortcode"] for row in answers.get("safety", {}).get("results", [])}


def find_claim_faults(claim: dict[str, Any], metrics: dict[str, Any], shortcodes: set[str]) -> Iterator[str]:
    """Of one sentence: evidence that is not there, and numbers that no evidence has."""
    if not claim["rests_on"]:
        yield "rests on nothing"
    for evidence in claim["rests_on"]:
        yield from _find_evidence_fault(evidence, metrics, shortcodes)
    allowed = [number for evidence in claim["rests_on"] for number in _list_numbers(evidence)]
    for number, tolerance in read_numbers(claim["text"]):
        if not any(abs(abs(one) - number) <= tolerance for one in allowed):
            yield f"{number} of {claim['text']!r} is none of {allowed}"


def _find_evidence_fault(evidence: dict[str, Any], metrics: dict[str, Any], shortcodes: set[str]) -> Iterator[str]:
    if evidence["kind"] == "post":
        if evidence["shortcode"] not in shortcodes:
            yield f"the post {evidence['shortcode']} is not shown"
        return
    metric = metrics.get(evidence["key"])
    if metric is None or metric["method"] != evidence["method"]:
        yield f"{evidence['key']} is not shown"
        return
    value = metric["value"]
    for step in filter(None, evidence["path"].split(".")):
        value = value[int(step)] if isinstance(value, list) else value[step]
    if value != evidence["number"] or value is None:
        yield f"{evidence['key']}.{evidence['path']} is {value}, not {evidence['number']}"


def _list_numbers(evidence: dict[str, Any]) -> list[float]:
    """The number itself, how many items it rests on, the days in its name, the whole of a score, the day of a post."""
    numbers = [evidence[name] for name in ("number", "sample") if evidence.get(name) is not None]
    numbers += [float(found) for found in re.findall(r"\d+", evidence.get("key", ""))]
    numbers += [100.0] if evidence.get("key") == "authenticity.score" else []
    numbers += [float(part) for part in (evidence.get("taken_at") or "")[:10].split("-") if part]
    return [float(number) for number in numbers]


def read_numbers(text: str) -> Iterator[tuple[float, float]]:
    """`(number, half of its last digit)` of each number that is written in a text."""
    for written, size in _NUMBER.findall(text):
        plain = written.replace(",", "")
        digits = len(plain.partition(".")[2])
        yield float(plain) * _SIZES[size], (0.5 * 10**-digits + 1e-9) * _SIZES[size]
