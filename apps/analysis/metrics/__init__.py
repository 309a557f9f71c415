"""What the engines' labels add up to, as metrics of the same registry as all others."""

from .audience import AudienceFacts
from .comments import CommentLabel, LabelledDiscussion
from .content import ContentFacts, LabelledPost, Summary, summarise

__all__ = [
    "AudienceFacts",
    "CommentLabel",
    "ContentFacts",
    "LabelledDiscussion",
    "LabelledPost",
    "Summary",
    "summarise",
]
