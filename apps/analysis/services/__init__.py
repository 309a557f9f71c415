"""Analysing texts and creators."""

from .batches import submit_due_analyses
from .comments import analyse_comments, label_comments_at_once, submit_comment_analysis
from .profiles import analyse_profile, label_at_once
from .purging import purge_unused_results
from .submitting import replay_analysis, submit_profile_analysis
from .texts import analyse_texts
from .warming import warm_up
from .working import settle_ended_analysis, work_on_analysis

__all__ = [
    "analyse_comments",
    "analyse_profile",
    "analyse_texts",
    "label_at_once",
    "label_comments_at_once",
    "purge_unused_results",
    "replay_analysis",
    "settle_ended_analysis",
    "submit_comment_analysis",
    "submit_due_analyses",
    "submit_profile_analysis",
    "warm_up",
    "work_on_analysis",
]
