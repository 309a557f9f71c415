"""The codes of `flags` in plain words. A code says that a value is doubtful or was refused; it changes no value."""

from collections.abc import Iterable

_SAYINGS = {
    "counts_approximate": "The source gave rounded counts.",
    "followers_dropped": "Nine of ten followers are gone within a month.",
    "following_above_limit": "Follows more accounts than Instagram allows.",
    "likes_above_followers": "Posts have more likes on average than the account has followers.",
    "likes_above_views": "More likes than views.",
    "posts_count_below_shown": "More posts are shown than the account is said to have.",
    "taken_at_in_future": "The time of the post is in the future.",
    "type_unknown": "The source did not say what kind of post this is.",
}
_ENDINGS = {
    "_refused": "The source gave no usable value for {}.",
    "_not_refreshed": "The source did not give {} this time; the last known value is shown.",
    "_hidden": "The source hides {}.",
    "_cut": "The text of {} was longer than anything Instagram allows and was cut.",
}


def describe_flag(code: str) -> str:
    """What a code means, in one sentence."""
    if code in _SAYINGS:
        return _SAYINGS[code]
    for ending, saying in _ENDINGS.items():
        if code.endswith(ending):
            return saying.format(code.removesuffix(ending).replace("_", " "))
    return code.replace("_", " ").capitalize() + "."


def describe_flags(codes: Iterable[str]) -> list[dict[str, str]]:
    """`[{"code", "message"}]` for what a report shows beside its numbers."""
    return [{"code": code, "message": describe_flag(code)} for code in codes]
