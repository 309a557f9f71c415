"""The checks behind the authenticity score: each sees one thing, says how bad it is from 0 to 1, and why."""

from . import comments, counts, growth
from .base import CHECKS, Check, Finding, published_checks, run_checks

__all__ = ["CHECKS", "Check", "Finding", "comments", "counts", "growth", "published_checks", "run_checks"]
