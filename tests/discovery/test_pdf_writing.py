"""Text of any script on paper: each sign in one font, lines that fit, and both directions in order; never a crash."""

import time

import pypdfium2
import pytest
from fpdf.fonts import TTFFont

from apps.discovery.selectors.pdf.fonts import OTHERS
from apps.discovery.selectors.pdf.sheet import MARGIN, Sheet
from apps.discovery.selectors.pdf.writing import Line, Piece, Speller, break_lines, is_right_to_left, order_runs

PARTY = "🎉❤️👍🏽👨‍👩‍👧🇩🇪1️⃣"
HELLO = {
    "Arabic": "مرحبا", "SansHebrew": "שלום", "Devanagari": "नमस्ते", "Thai": "สวัสดี", "SansArmenian": "Բարև",
    "SansBengali": "হ্যালো", "SansGurmukhi": "ਸਤਿ", "SansGujarati": "નમસ્તે", "SansOriya": "ନମସ୍କାର",
    "SansTamil": "வணக்கம்", "SansTelugu": "నమస్కారం", "SansKannada": "ನಮಸ್ಕಾರ", "SansMalayalam": "നമസ്കാരം",
    "SansSinhala": "ආයුබෝවන්", "SansLao": "ສະບາຍດີ", "SansMyanmar": "မင်္ဂလာပါ", "SansGeorgian": "გამარჯობა",
    "SansEthiopic": "ሰላም", "SansKhmer": "ជំរាបសួរ", "Han": "早上好", "Emoji": "🎉",
}  # fmt: skip


def write(text: str) -> tuple[Sheet, str]:
    """A sheet with one paragraph, and what is read from the file."""
    sheet = Sheet(foot="", texts=text)
    sheet.add_page()
    sheet.pen(10)
    sheet.say(text)
    pages = pypdfium2.PdfDocument(sheet.finish())
    return sheet, "".join(page.get_textpage().get_text_bounded() for page in pages)


def list_glyphs(sheet: Sheet, name: str) -> list[str]:
    font = sheet.fonts[name.lower()]
    assert isinstance(font, TTFFont)
    return [glyph.glyph_name for glyph, code in font.subset.items() if glyph and code not in {0, 0x20}]


def spell(text: str) -> list[tuple[str, str | None]]:
    known = {
        None: map(ord, "aA1#□ …"),
        "hebrew": map(ord, "שלום "),
        "emoji": map(ord, "🎉1#\u20e3🏴\U000e0067\U000e007f"),
    }
    return [(piece.text, piece.font) for piece in Speller(known).spell(text)]


def runs(text: str) -> list[str]:
    pieces = [Piece(char, None) for char in text]
    return [run.text for run in order_runs(Line(pieces, right_to_left=is_right_to_left(pieces)))]


@pytest.mark.parametrize(("font", "text"), HELLO.items())
def test_each_script_has_its_font_and_no_glyph_is_the_missing_one(font, text):
    sheet, _read = write(text)

    glyphs = list_glyphs(sheet, font)
    assert glyphs
    assert ".notdef" not in glyphs
    assert set(sheet.fonts) == {"body", "heading", font.lower()}


def test_every_font_is_called_for_by_something():
    assert set(HELLO) | {"SansArabic", "Sans", "SansSymbols"} == {font.name for font in OTHERS}
    assert "sansarabic" in write("ڢ")[0].fonts
    assert "sans" in write("ᴹᴬᴿᴼ")[0].fonts
    assert "sanssymbols" in write("☾")[0].fonts


def test_no_font_is_loaded_for_what_an_earlier_one_has():
    assert set(Sheet(foot="", texts="It’s “fine” – 5 €…").fonts) == {"body", "heading", "han"}
    assert set(Sheet(foot="", texts="नमस्ते ❤️").fonts) == {"body", "heading", "devanagari", "emoji", "han"}


def test_an_emoji_of_many_parts_is_one_glyph_and_is_read_back_whole():
    sheet, read = write(f"Launch {PARTY} day")

    assert len(list_glyphs(sheet, "Emoji")) == 6
    assert read.split("\r\n")[0].replace(" ", "") == f"Launch{PARTY.replace(chr(0xFE0F), '')}day"


def test_a_paragraph_grows_the_file_by_its_glyphs_alone():
    sheets = [Sheet(foot="", texts=text) for text in ("a", PARTY)]
    sizes = []
    for sheet, text in zip(sheets, ("a", PARTY), strict=True):
        sheet.add_page()
        sheet.pen(10)
        sheet.say(text)
        sizes.append(len(sheet.finish()))

    assert sizes[1] - sizes[0] < 8_000


def test_hebrew_is_drawn_from_right_to_left_and_ends_at_the_right():
    sheet = Sheet(foot="", texts="אב")
    sheet.add_page()
    sheet.pen(10)
    sheet.say("אב 34 x")
    page = pypdfium2.PdfDocument(sheet.finish())[0].get_textpage()
    left = {page.get_text_range(at, 1): page.get_charbox(at)[0] for at in range(page.count_chars())}

    assert left["x"] < left["3"] < left["4"] < left["ב"] < left["א"]
    assert left["א"] > (210 - MARGIN) * 72 / 25.4 - 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc 12", ["abc 12"]),
        ("אב 12 גד", [" גד", "12", "אב "]),
        ("ab אב 12 גד cd", ["ab ", " גד", "12", "אב ", " cd"]),
        ("אב ab 1 cd גד", [" גד", "ab 1 cd", "אב "]),
        ("مرحبا 2024 (x)", [")", "x", " (", "2024", "مرحبا "]),
    ],
)
def test_both_directions_in_one_line_stand_in_order(text, shown):
    assert runs(text) == shown


def test_each_sign_is_of_one_font_and_what_no_font_has_is_one_box():
    assert spell("a🎉 a") == [("a", None), ("🎉", "emoji"), (" ", None), ("a", None)]
    assert spell("1️⃣1") == [("1\u20e3", "emoji"), ("1", None)]
    assert spell("שלום a")[3:] == [("ם", "hebrew"), (" ", "hebrew"), ("a", None)]
    assert spell("𝐀ａ①") == [("A", None), ("a", None), ("1", None)]
    assert spell("a🥐🥐\ue000b") == [("a", None), ("□", None)]
    assert spell("a\u0336\u030d") == [("a", None)]


def test_what_shows_nothing_is_taken_out_and_blanks_are_spaces():
    assert spell("a\u202e\x07\u200d\ufe0f\ud83d\U000e0041a") == [("a", None), ("a", None)]
    assert spell("\u200d\u200d\u200c") == []
    assert spell("\u20e3") == [("\u20e3", "emoji")]
    assert spell("🏴\U000e0067\U000e007f") == [("🏴\U000e0067\U000e007f", "emoji")]
    assert "".join(text for text, _font in spell("a\u00a0a\ta\u2800\u3164a")) == "a a a  a"


def broken(text: str, room: int) -> list[str]:
    lines = break_lines([Piece(char, None) for char in text], room, len)
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def test_lines_end_at_spaces_between_signs_of_no_spaces_or_where_they_must():
    assert broken("aa bb cc", 5) == ["aa bb ", "cc"]
    assert broken("aa bbbbbbb c", 5) == ["aa ", "bbbbb", "bb c"]
    assert broken("a\n\nb", 5) == ["a", "", "b"]
    assert broken("朝ごはん。早上", 4) == ["朝ごは", "ん。早上"]
    assert broken("🔥🔥🔥", 2) == ["🔥🔥", "🔥"]
    assert broken("", 5) == []


@pytest.mark.parametrize(
    "text",
    [
        PARTY * 1_500, "👨\u200d" * 10_000, "\U0001f1e9" * 9_999, "\u0301" * 5_000, "a" + "\u0301" * 5_000,
        "אa1 " * 2_500, "\u2067" * 5_000 + "א", "(" * 5_000 + "א" + ")" * 5_000, "\ud83d" * 10_000, "ש" * 10_000,
        "{nb}", "\x02",
    ],
    ids=range(12),
)  # fmt: skip
def test_a_hostile_text_costs_little_and_stays_in_its_lines(text):
    started = time.process_time()
    sheet = Sheet(foot="", texts=text)
    sheet.add_page()
    sheet.pen(10)
    sheet.say(text, width=60, lines=3)
    sheet.put(text, MARGIN, 100, width=60)
    document = pypdfium2.PdfDocument(sheet.finish())

    assert time.process_time() - started < 2
    page = document[0].get_textpage()
    assert len(document) == 1
    assert page.count_rects() == 0 or max(page.get_rect(at)[2] for at in range(page.count_rects())) < 595
    if text == "{nb}":
        assert page.get_text_bounded().count("{nb}") == 2
