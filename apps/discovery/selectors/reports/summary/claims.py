"""What may be said of a creator. Each rule fills a sentence with numbers that it cites, or says nothing.

No number is worked out here: whoever reads one finds the very same in the metric that it rests on.
"""

from typing import Any

from . import account, content, people
from .evidence import Claim, Facts, Rule

# In the order in which a reader asks: who, what about, how well, who listens, is it real, who pays, any trouble.
RULES: tuple[Rule, ...] = (
    account.size,
    account.growth,
    content.topics,
    content.languages,
    account.engagement,
    account.rhythm,
    content.formats,
    content.best_post,
    content.tone,
    people.audience,
    people.comments,
    people.authenticity,
    account.paid,
    content.safety,
    account.hidden_likes,
)


def summarise(facts: Facts) -> list[dict[str, Any]]:
    """`[{code, text, rests_on}]`; empty where too little is known. `rests_on` is never empty."""
    found: list[Claim | None] = [rule(facts) for rule in RULES]
    return [one for one in found if one]
