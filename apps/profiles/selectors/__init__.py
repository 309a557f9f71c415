"""Reading the catalogue of creators."""

from apps.profiles.normalise.addresses import mask_addresses
from apps.profiles.normalise.flags import describe_flag, describe_flags
from apps.profiles.normalise.shortcodes import read_shortcode
from apps.profiles.normalise.usernames import normalise_username

from .absences import is_absent, is_removed
from .contacts import list_contacts
from .discussion import (
    find_comments_job,
    get_authenticity_facts,
    get_discussion,
    get_post_discussion,
    make_comment_facts,
)
from .facts import get_facts, make_post_facts, make_snapshot_facts
from .health import list_source_states
from .previews import get_avatar_url, get_picture_url, get_preview
from .pricing import get_pricing_facts, get_rate_table, get_rates
from .profiles import find_post, find_profile, get_profile, list_copies, list_posts, list_profiles, list_snapshots
from .safety import get_safety_facts, list_flags, list_post_flags
from .search import suggest_profiles

__all__ = [
    "describe_flag",
    "describe_flags",
    "find_comments_job",
    "find_post",
    "find_profile",
    "get_authenticity_facts",
    "get_avatar_url",
    "get_discussion",
    "get_facts",
    "get_picture_url",
    "get_post_discussion",
    "get_preview",
    "get_pricing_facts",
    "get_profile",
    "get_rate_table",
    "get_rates",
    "get_safety_facts",
    "is_absent",
    "is_removed",
    "list_contacts",
    "list_copies",
    "list_flags",
    "list_post_flags",
    "list_posts",
    "list_profiles",
    "list_snapshots",
    "list_source_states",
    "make_comment_facts",
    "make_post_facts",
    "make_snapshot_facts",
    "mask_addresses",
    "normalise_username",
    "read_shortcode",
    "suggest_profiles",
]
