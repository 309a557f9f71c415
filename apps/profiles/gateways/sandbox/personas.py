"""Who a handle is: a published persona, or one made up from the handle alone."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from .chance import dice, spread
from .lexicon import LEXICONS, Lexicon
from .roster import CATEGORIES, EDGE_CASES, PUBLISHED, Persona

# Followers and growth are told from this day on, forwards and backwards.
EPOCH = datetime(2026, 6, 1, tzinfo=UTC)
_SECONDS_A_MONTH = 30.44 * 86_400


@dataclass(frozen=True, slots=True)
class Character:
    """A persona with its traits. Everything follows from the handle."""

    persona: Persona
    lexicon: Lexicon
    city: str
    country: str
    job: str
    monthly_growth: float
    posts_a_week: float
    engagement: float
    """Expected (likes + comments) / followers of a post."""
    best_hour: int
    reel_share: float
    carousel_share: float
    hidden_share: float
    sponsored_share: float

    @property
    def handle(self) -> str:
        return self.persona.handle

    def followers_at(self, moment: datetime) -> int:
        """A smooth trend with a slow wave; the same within an hour, whoever asks."""
        moment = moment.replace(minute=0, second=0, microsecond=0)
        months = max(-36.0, min(36.0, (moment - EPOCH).total_seconds() / _SECONDS_A_MONTH))
        wave = 0.012 * math.sin(months * 2.1 + self.best_hour) + 0.004 * math.sin(months * 9.7)
        return max(1, round(self.persona.followers * math.exp(self.monthly_growth * months + wave)))


def is_published(handle: str) -> bool:
    return handle in PUBLISHED or handle in EDGE_CASES


def character_of(handle: str) -> Character:
    """The character behind a handle."""
    rng = dice("character", handle)
    persona = PUBLISHED.get(handle) or _invent(handle)
    lexicon = LEXICONS[persona.language]
    city, country = rng.choice(lexicon.cities)
    # Engagement falls with size: about 8.5 % at a thousand followers, 3 % at a hundred thousand, 1.9 % at a million.
    typical = 0.085 * (max(persona.followers, 500) / 1_000) ** -0.22
    return Character(
        persona=persona,
        lexicon=lexicon,
        city=city,
        country=country,
        job=lexicon.jobs[persona.category],
        monthly_growth=rng.gauss(0.012, 0.012),
        posts_a_week=rng.uniform(1.8, 6.0),
        engagement=typical * spread(rng, 0.25),
        best_hour=rng.choice((7, 8, 12, 17, 18, 19, 20, 21)),
        reel_share=rng.uniform(0.2, 0.6),
        carousel_share=rng.uniform(0.15, 0.35),
        hidden_share=rng.choice((0.0, 0.0, 0.0, 0.0, 0.15, 0.3)),
        sponsored_share=rng.uniform(0.04, 0.18),
    )


def _invent(handle: str) -> Persona:
    """Any other handle: a name from its letters, the rest by chance; followers log-normal around 45 thousand."""
    rng = dice("persona", handle)
    language = rng.choice(sorted(LEXICONS))
    lexicon = LEXICONS[language]
    words = [word for word in handle.replace("_", ".").split(".") if word.isalpha()]
    name = (
        " ".join(word.capitalize() for word in words)
        or f"{rng.choice(lexicon.first_names)} {rng.choice(lexicon.last_names)}"
    )
    followers = int(min(6_000_000, max(900, 45_000 * spread(rng, 1.4))))
    return Persona(handle, name, language, rng.choice(sorted(CATEGORIES)), followers)
