"""The languages the product reads; a text in any other is `und` or the nearest of these with low confidence."""

LANGUAGES: dict[str, str] = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sw": "Swahili",
    "th": "Thai",
    "tr": "Turkish",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
SPACELESS = frozenset({"ja", "th", "zh"})
"""Written without spaces between words: their word lists match anywhere in a text."""


def language_name(code: str) -> str:
    return LANGUAGES.get(code, "Undetermined")
