"""Analysing texts and creators."""

from .profiles import analyse_profile
from .submitting import submit_profile_analysis
from .texts import analyse_texts

__all__ = ["analyse_profile", "analyse_texts", "submit_profile_analysis"]
