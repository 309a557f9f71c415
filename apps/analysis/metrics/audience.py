"""Who takes part: estimates from the people who comment, each of whom counts once. Followers as such are not seen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from apps.analysis.languages import LANGUAGES
from apps.analysis.names import MEN, WOMEN, guess_gender
from apps.analysis.places import LANGUAGES as LANGUAGE_COUNTRIES
from apps.analysis.places import find_dialect, find_flag, find_place, published_places
from apps.analysis.taxonomy import list_categories
from apps.profiles.metrics import CommentFacts, Found, Missing, Sample, Status, Unit, metric, no_comments, of_others

from .comments import NOT_READ, LabelledDiscussion, has_language

MINIMUM, FULL = 20, 400
EVIDENCE = ("flag", "place", "dialect", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFacts:
    """The comments with their labels, and what else is known here of the people who wrote them."""

    discussion: LabelledDiscussion
    followers: int | None = None
    elsewhere: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By author: the categories of other creators, known here, under whose posts the same person commented."""
    infer_gender: bool = False


_COMMON: dict[str, Any] = {
    "category": "audience",
    "status": Status.ESTIMATED,
    "unit": Unit.TABLE,
    "minimum_sample": MINIMUM,
    "full_sample": FULL,
}
_WHO = "People who comment are not all who follow: they are fewer, and more eager."
_ONCE = "Each person counts once, however often it comments; the creator's own answers are left out."
_UNKNOWN = "People of whom nothing can be told are left out and counted in the sample; shares are of the rest."


def _by_person(facts: AudienceFacts) -> dict[str, list[CommentFacts]]:
    people: dict[str, list[CommentFacts]] = defaultdict(list)
    for comment in of_others(facts.discussion.discussion):
        if comment.author:
            people[comment.author].append(comment)
    return dict(people)


def _sample(people: int, told: int) -> Sample:
    rest = people - told
    return Sample(size=told, of=people, kind="people", excluded=(("nothing_told", rest),) if rest else ())


def _missing(facts: AudienceFacts, people: int, told: int, what: str) -> Missing | None:
    """Why there is no number: only counts are known, or nobody says what is asked for."""
    discussion = facts.discussion.discussion
    sample = _sample(people, told)
    if missing := no_comments(discussion):
        return Missing(reason=missing.reason, sample=sample, as_of=missing.as_of)
    if not people:
        return Missing(reason="The authors of the comments are unknown.", sample=sample, as_of=discussion.as_of)
    if not told:
        reason = f"None of the {people} people who commented {what}."
        return Missing(reason=reason, sample=sample, as_of=discussion.as_of)
    return None


def _found(facts: AudienceFacts, people: int, told: int, rows: Any) -> Found:
    """Less confidence where the labels are of rules alone, or where most people say nothing."""
    engines = {label.engine for label in facts.discussion.labels.values()}
    doubts = int(engines == {"rules"}) + int(2 * told < people)
    return Found(value=rows, sample=_sample(people, told), as_of=facts.discussion.discussion.as_of, doubts=doubts)


def _shares(counts: Counter[str], told: int) -> list[dict[str, Any]]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"label": label, "share": 100 * count / told, "n": count} for label, count in ranked]


def _most(votes: Iterable[str]) -> str | None:
    """The most frequent; of equals the first in the alphabet. None of nothing."""
    counts = Counter(votes)
    return min(counts, key=lambda vote: (-counts[vote], vote)) if counts else None


@metric(
    AudienceFacts,
    key="audience.languages",
    method="audience.languages.v1",
    label="Languages of the people who comment",
    formula="Each person's most frequent language over its comments of three words or more; people of each language, "
    "divided by all whose language is known, times 100.",
    maths="n(people of language) / n(people with a language) x 100",
    inputs=("comments.text", "comments.author"),
    source="HypeAuditor `audience_languages`; research 1a, [H1]. The rule is ours.",
    caveats=(_WHO, _ONCE, _UNKNOWN),
    columns={"label": "ISO 639-1 code", "share": "percent", "n": "people"},
    published={"languages": dict(LANGUAGES)},
    **_COMMON,
)
def audience_languages(facts: AudienceFacts) -> Found | Missing:
    people, counts = _by_person(facts), Counter[str]()
    for comments in people.values():
        if language := _language_of(facts, comments):
            counts[language] += 1
    told = sum(counts.values())
    if missing := _missing(facts, len(people), told, "wrote enough words to tell a language"):
        return replace(missing, reason=NOT_READ) if people and not facts.discussion.labels else missing
    return _found(facts, len(people), told, _shares(counts, told))


def _language_of(facts: AudienceFacts, comments: list[CommentFacts]) -> str | None:
    labels = facts.discussion.labels
    return _most(
        labels[comment.id].language
        for comment in comments
        if comment.id in labels and has_language(comment, labels[comment.id])
    )


@metric(
    AudienceFacts,
    key="audience.countries",
    method="audience.countries.v1",
    label="Countries of the people who comment",
    formula="Each person's country by the strongest evidence in its comments: one flag; else the places or peoples it "
    "names; else words of one country's Arabic; else a language of one country. People of each country, divided by all "
    "with a country, times 100.",
    maths="n(people of country) / n(people with a country) x 100",
    inputs=("comments.text", "comments.author"),
    source="Our own. Modash and HypeAuditor estimate countries of audiences by rules that are not public.",
    caveats=(
        _WHO, _ONCE, _UNKNOWN,
        "Whoever greets a place may be there or wish to be. English or standard Arabic tell no country.",
    ),
    columns={
        "label": "ISO 3166 code", "share": "percent", "n": "people",
        **dict.fromkeys(EVIDENCE, "people by this evidence"),
    },
    published=published_places(),
    **_COMMON,
)  # fmt: skip
def audience_countries(facts: AudienceFacts) -> Found | Missing:
    people = _by_person(facts)
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for comments in people.values():
        if told_by := find_country(facts, comments):
            country, kind = told_by
            counts[country] += 1
            kinds[country][kind] += 1
    told = sum(counts.values())
    if missing := _missing(facts, len(people), told, "shows a flag, a place, a dialect or a language of one country"):
        return missing
    rows = [{**row, **{kind: kinds[row["label"]][kind] for kind in EVIDENCE}} for row in _shares(counts, told)]
    return _found(facts, len(people), told, rows)


def find_country(facts: AudienceFacts, comments: list[CommentFacts]) -> tuple[str, str] | None:
    """A person's country with the kind of evidence that tells it, the strongest kind first."""
    for kind, find in (("flag", find_flag), ("place", find_place), ("dialect", find_dialect)):
        if country := _most(found for comment in comments if (found := find(comment.text))):
            return country, kind
    language = _language_of(facts, comments)
    country = LANGUAGE_COUNTRIES.get(language or "")
    return (country, "language") if country else None


@metric(
    AudienceFacts,
    key="audience.gender",
    method="audience.gender.v1",
    label="Women and men among the people who comment",
    formula="The handles that begin with a first name of the published list; those of each gender, divided by both.",
    maths="n(handles of gender) / n(handles with a listed name) x 100",
    inputs=("comments.author",),
    source="First names, as HypeAuditor `audience_gender`; research 1a, [H1]. The list is ours.",
    caveats=(
        _WHO, _ONCE, _UNKNOWN,
        "Inferring the gender of private people is off unless the operator switches it on (`AUDIENCE_INFER_GENDER`).",
        "A name is no gender: this says nothing of any single person.",
    ),
    columns={"label": "female or male", "share": "percent", "n": "people"},
    published={"female": sorted(WOMEN), "male": sorted(MEN)},
    **_COMMON,
)  # fmt: skip
def audience_gender(facts: AudienceFacts) -> Found | Missing:
    people = _by_person(facts)
    if not facts.infer_gender:
        reason = "Inferring the gender of private people is switched off."
        return Missing(reason=reason, sample=_sample(len(people), 0), as_of=facts.discussion.discussion.as_of)
    genders = (guess_gender(comments[0].username) for comments in people.values())
    counts = Counter(gender for gender in genders if gender)
    told = sum(counts.values())
    if missing := _missing(facts, len(people), told, "has a handle that begins with a listed first name"):
        return missing
    return _found(facts, len(people), told, _shares(counts, told))


@metric(
    AudienceFacts,
    key="audience.interests",
    method="audience.interests.v1",
    label="What else they take part in",
    formula="Of the people who comment here and under other creators known to us: those who do so in each category, "
    "divided by all of them, times 100. One person may have several.",
    maths="n(people with category) / n(people seen elsewhere) x 100",
    inputs=("comments.author", "comments.elsewhere"),
    source="Our own. HypeAuditor `audience_interests` rests on whom followers follow, which is not public.",
    caveats=(
        _WHO,
        _ONCE,
        "Only creators whose comments were read here are seen: it leans towards what our users look at.",
    ),
    columns={"label": "code of the taxonomy", "share": "percent", "n": "people"},
    published={"taxonomy": {category.code: category.label for category in list_categories()}},
    **_COMMON,
)
def audience_interests(facts: AudienceFacts) -> Found | Missing:
    people = _by_person(facts)
    seen = {person: facts.elsewhere[person] for person in people if facts.elsewhere.get(person)}
    if missing := _missing(facts, len(people), len(seen), "is known to comment on other creators here"):
        return missing
    counts = Counter(category for categories in seen.values() for category in categories)
    return _found(facts, len(people), len(seen), _shares(counts, len(seen)))


@metric(
    AudienceFacts,
    key="audience.people",
    method="audience.people.v1",
    label="People the estimates rest on",
    formula="How many different people wrote the comments that are stored, by followers of the account, times 100.",
    maths="n(people) / F x 100",
    inputs=("comments.author", "profile.followers"),
    source="Our own: it says how small the window is.",
    caveats=(_WHO,),
    **{**_COMMON, "unit": Unit.PERCENT, "status": Status.COMPUTED, "minimum_sample": 1},
)
def audience_people(facts: AudienceFacts) -> Found | Missing:
    people = len(_by_person(facts))
    if missing := _missing(facts, people, people, "is known"):
        return missing
    if not facts.followers:
        as_of = facts.discussion.discussion.as_of
        return Missing(reason="The follower count is unknown or 0.", sample=_sample(people, people), as_of=as_of)
    return _found(facts, people, people, 100 * people / facts.followers)
