"""Analysing texts and creators."""

from .profiles import analyse_profile, label_at_once
from .submitting import submit_profile_analysis
from .texts import analyse_texts
from .warming import warm_up

__all__ = ["analyse_profile", "analyse_texts", "label_at_once", "submit_profile_analysis", "warm_up"]
