"""What a test needs of its machine: skipped visibly where it is missing, failed under CI=true, which has all of it."""

import os
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Real payloads and labelled texts, beside the checkout and never in it."""


def demand(found: object, what: str) -> None:
    """End the test unless `found`; a browser or data missing in CI would else go unnoticed."""
    if found:
        return
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{what} is missing, and CI=true demands it.")
    pytest.skip(f"{what} is missing.")


def demand_data(name: str = "") -> Path:
    """The folder of shared data, or the file or folder of it that is named."""
    path = DATA / name
    demand(path.exists(), str(path))
    return path
