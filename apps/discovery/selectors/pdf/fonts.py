"""The fonts of a PDF, which are embedded; a script's font is loaded only where a text needs it."""

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

REGULAR, BOLD = "Body", "Heading"


@dataclass(frozen=True, slots=True)
class Font:
    """A font file of an installed package, and the characters that call for it."""

    name: str
    package: str
    file: str
    letters: re.Pattern[str] | None = None

    @property
    def path(self) -> Path:
        return Path(str(files(self.package).joinpath(self.file)))


_FIRA = "fontpkg_fira_sans"
MAIN = (Font(REGULAR, _FIRA, "files/FiraSans-Regular.ttf"), Font(BOLD, _FIRA, "files/FiraSans-SemiBold.ttf"))
SCRIPTS = (
    Font(
        "Arabic", "fontpkg_ibm_plex_sans_arabic", "files/IBMPlexSansArabic-Regular.ttf",
        re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    ),
    Font("Devanagari", "fontpkg_hind", "files/Hind-Regular.ttf", re.compile("[\u0900-\u097f]")),
    Font("Thai", "fontpkg_sarabun", "files/Sarabun-Regular.ttf", re.compile("[\u0e00-\u0e7f]")),
    Font(
        "Han", "cvttf_NotoSansCJK_Regular", "NotoSansCJKtc-Regular.otf",
        re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uffee]"),
    ),
)  # fmt: skip
UNKNOWN = "□"
_JOINERS = {"\u200c", "\u200d"}
_HIDDEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff\u20e3]")


def list_scripts(text: str) -> list[Font]:
    """The fonts beside the main ones that a text calls for."""
    return [font for font in SCRIPTS if font.letters and font.letters.search(text)]


def clean(text: str, known: frozenset[int]) -> str:
    """A text as the loaded fonts can write it: what none of them has is one □, however much of it follows.

    Controls, direction overrides and halves of surrogate pairs, which only do harm, are taken out.
    """
    plain = _HIDDEN.sub("", unicodedata.normalize("NFC", text))
    written: list[str] = []
    for char in plain:
        shown = _show(char, known)
        if shown != UNKNOWN or not written or written[-1] != UNKNOWN:
            written.append(shown)
    return re.sub(f"{UNKNOWN}[\u200c\u200d{UNKNOWN}]*", UNKNOWN, "".join(written))


def _show(char: str, known: frozenset[int]) -> str:
    if char in "\n\t ":
        return " " if char == "\t" else char
    kind = unicodedata.category(char)
    if kind[0] == "Z":
        return " "
    if kind[0] == "C" and char not in _JOINERS:
        return "" if kind in {"Cc", "Cf", "Cs"} else UNKNOWN
    return char if ord(char) in known or char in _JOINERS else UNKNOWN
