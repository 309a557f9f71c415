"""The fonts of a PDF: out of installed packages, loaded only where a text needs them, cut to what is drawn."""

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import uharfbuzz
from fpdf import FPDF
from fpdf.fonts import HarfBuzzFont, TTFFont

REGULAR, BOLD = "Body", "Heading"


@dataclass(frozen=True, slots=True)
class Font:
    """A font file of an installed package, and the characters that call for it.

    A `large` one is cut to the characters of the texts; shapers may want more of the others than is written.
    """

    name: str
    package: str
    file: str
    letters: str = ""
    large: bool = False

    @property
    def path(self) -> Path:
        return Path(str(files(self.package).joinpath(self.file)))

    def is_called_for(self, text: str) -> bool:
        return re.search(f"[{self.letters}]", text) is not None


def _noto(name: str, letters: str, *, large: bool = False) -> Font:
    return Font(name, "manimgx_fonts", f"Noto{name}[wght].ttf", letters, large)


_FIRA = "fontpkg_fira_sans"
MAIN = (Font(REGULAR, _FIRA, "files/FiraSans-Regular.ttf"), Font(BOLD, _FIRA, "files/FiraSans-SemiBold.ttf"))
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_SIGNS = "\u2190-\u2bff"
EMOJI = "Emoji"
# The first that has all of a character is taken, so the order matters.
OTHERS = (
    Font("Arabic", "fontpkg_ibm_plex_sans_arabic", "files/IBMPlexSansArabic-Regular.ttf", _ARABIC),
    _noto("SansArabic", _ARABIC),
    _noto("SansHebrew", "\u0590-\u05ff\ufb1d-\ufb4f"),
    Font("Devanagari", "fontpkg_hind", "files/Hind-Regular.ttf", "\u0900-\u097f"),
    Font("Thai", "fontpkg_sarabun", "files/Sarabun-Regular.ttf", "\u0e00-\u0e7f"),
    _noto("SansArmenian", "\u0530-\u058f\ufb13-\ufb17"),
    _noto("SansBengali", "\u0980-\u09ff"),
    _noto("SansGurmukhi", "\u0a00-\u0a7f"),
    _noto("SansGujarati", "\u0a80-\u0aff"),
    _noto("SansOriya", "\u0b00-\u0b7f"),
    _noto("SansTamil", "\u0b80-\u0bff"),
    _noto("SansTelugu", "\u0c00-\u0c7f"),
    _noto("SansKannada", "\u0c80-\u0cff"),
    _noto("SansMalayalam", "\u0d00-\u0d7f"),
    _noto("SansSinhala", "\u0d80-\u0dff"),
    _noto("SansLao", "\u0e80-\u0eff"),
    _noto("SansMyanmar", "\u1000-\u109f"),
    _noto("SansGeorgian", "\u10a0-\u10ff\u1c90-\u1cbf"),
    _noto("SansEthiopic", "\u1200-\u139f\u2d80-\u2ddf"),
    _noto("SansKhmer", "\u1780-\u17ff\u19e0-\u19ff"),
    _noto("Sans", "\u02b0-\u036f\u1ab0-\u1aff\u1d00-\u1eff\u2000-\u218f\u2c60-\u2c7f\ua700-\ua7ff", large=True),
    _noto(EMOJI, f"{_SIGNS}\u203c\u2049\u20e3\u2122\u2139\u3030\u303d\u3297\u3299\U0001f000-\U0001faff", large=True),
    _noto("SansSymbols", f"{_SIGNS}\u20d0-\u20ff\U0001f100-\U0001f1ff\U0001f700-\U0001f77f", large=True),
    Font(
        "Han", "cvttf_NotoSansCJK_Regular", "NotoSansCJKtc-Regular.otf",
        f"\u1100-\u11ff{_SIGNS}\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uffee\U0001f100-\U0001f2ff\U00020000-\U0002fa1f",
        large=True,
    ),
)  # fmt: skip


class Face(TTFFont):
    """A font in hand. Each piece of text is measured once: the same words come again in every size."""

    __slots__ = ("_widths",)

    def __init__(self, paper: FPDF, name: str, data: bytes) -> None:
        self._widths: dict[tuple[str, object], tuple[int, float]] = {}
        super().__init__(paper, cast("Path", BytesIO(data)), name.lower(), "")
        self._hbfont = HarfBuzzFont(uharfbuzz.Face(data))

    def shaped_text_width(
        self, text: str, font_size_pt: float, text_shaping_params: dict[str, Any] | None
    ) -> tuple[int, float]:
        key = (text, (text_shaping_params or {}).get("fragment_direction"))
        if key not in self._widths:
            self._widths[key] = super().shaped_text_width(text, 1, text_shaping_params)
        count, width = self._widths[key]
        return count, width * font_size_pt


def load_faces(paper: FPDF, text: str) -> None:
    """Give a document the main fonts, and of the others those that have what the ones before them lack."""
    chars = frozenset(map(ord, unicodedata.normalize("NFC", text) + unicodedata.normalize("NFKC", text)))
    lacking = set(chars)
    for font in (*MAIN, *OTHERS):
        if font in MAIN or font.is_called_for("".join(map(chr, lacking))):
            face = Face(paper, font.name, cut(font, chars))
            if font in MAIN or lacking.intersection(face.cmap):
                paper.fonts[face.fontkey] = face
                lacking.difference_update(face.cmap)


def cut(font: Font, chars: frozenset[int]) -> bytes:
    """The font file at its normal weight, a large one with these characters alone: milliseconds, a few kilobytes."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.path))
    plan = uharfbuzz.SubsetInput()
    plan.unicode_set.update(chars.intersection(face.unicodes) | {0x20} if font.large else face.unicodes)
    plan.flags |= uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    if face.has_var_data:
        plan.pin_all_axes_to_default(face)
    return bytes(uharfbuzz.subset(face, plan).blob.data)
