"""Reading what was analysed (`insights`, `comments`), by which jobs (`running`), and how the engines do (`speed`)."""

from .audience import get_audience_facts
from .comments import find_comment_analysis_job, get_comment_labels, label_discussion
from .insights import (
    count_preliminary,
    find_profile_analysis,
    get_insights,
    get_post_labels,
    list_captions,
    list_labelled,
    list_outdated,
)
from .running import (
    ANALYSIS_JOB,
    count_batch_jobs,
    find_analysis_job,
    list_analysis_jobs,
    list_due_profiles,
    list_settled_posts,
)
from .speed import EngineState, count_categories, list_engine_states

__all__ = [
    "ANALYSIS_JOB",
    "EngineState",
    "count_batch_jobs",
    "count_categories",
    "count_preliminary",
    "find_analysis_job",
    "find_comment_analysis_job",
    "find_profile_analysis",
    "get_audience_facts",
    "get_comment_labels",
    "get_insights",
    "get_post_labels",
    "label_discussion",
    "list_analysis_jobs",
    "list_captions",
    "list_due_profiles",
    "list_engine_states",
    "list_labelled",
    "list_outdated",
    "list_settled_posts",
]
