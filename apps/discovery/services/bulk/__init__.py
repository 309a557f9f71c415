"""Unlocking many creators: asked for once, done by one job, each creator charged once."""

from .asking import BulkAnswer, unlock_profiles
from .tally import BULK_KIND, show_tally
from .working import release_holds, unlock_all

__all__ = ["BULK_KIND", "BulkAnswer", "release_holds", "show_tally", "unlock_all", "unlock_profiles"]
