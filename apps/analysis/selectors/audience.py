"""The people who comment under a creator's posts, and what else is known here of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings

from apps.analysis.metrics import AudienceFacts, LabelledDiscussion
from apps.profiles.models import Comment, Profile
from apps.profiles.selectors import get_discussion

from .comments import label_discussion

MOST_PEOPLE = 2_000


def get_audience_facts(profile: Profile, discussion: LabelledDiscussion | None = None) -> AudienceFacts:
    """What estimates of the audience are computed from: four queries; one where the discussion is in hand."""
    labelled = discussion or label_discussion(get_discussion(profile))
    authors = {comment.author for comment in labelled.discussion.comments if comment.author and not comment.by_creator}
    return AudienceFacts(
        discussion=labelled,
        followers=profile.followers,
        elsewhere=_find_elsewhere(profile, authors),
        infer_gender=settings.AUDIENCE_INFER_GENDER,
    )


def _find_elsewhere(profile: Profile, authors: Iterable[str]) -> dict[str, frozenset[str]]:
    """By author (its id): the primary categories of other creators of the same kind under whose posts it commented."""
    rows = Comment.objects.filter(
        author_external_id__in=sorted(authors)[:MOST_PEOPLE],
        post__profile__synthetic=profile.synthetic,
        post__profile__suppressed_at=None,
        post__profile__analysis__primary_category__isnull=False,
    ).exclude(post__profile=profile)
    found: dict[str, set[str]] = defaultdict(set)
    pairs = rows.order_by().values_list("author_external_id", "post__profile__analysis__primary_category").distinct()
    for author, category in pairs:
        found[author].add(str(category))
    return {author: frozenset(categories) for author, categories in found.items()}
