"""Reading what was analysed (`insights`, `comments`), by which jobs (`running`), how engines do, who is `similar`."""

from apps.analysis.similarity import METHOD as SIMILARITY_METHOD
from apps.analysis.similarity import MINIMUM_TEXTS

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
from .similar import (
    Neighbour,
    Wanted,
    WeighedText,
    find_place,
    list_main_hashtags,
    list_main_labels,
    list_neighbours,
    list_place_texts,
)
from .speed import EngineState, count_categories, list_engine_states

__all__ = [
    "ANALYSIS_JOB",
    "MINIMUM_TEXTS",
    "SIMILARITY_METHOD",
    "EngineState",
    "Neighbour",
    "Wanted",
    "WeighedText",
    "count_batch_jobs",
    "count_categories",
    "count_preliminary",
    "find_analysis_job",
    "find_comment_analysis_job",
    "find_place",
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
    "list_main_hashtags",
    "list_main_labels",
    "list_neighbours",
    "list_outdated",
    "list_place_texts",
    "list_settled_posts",
]
