"""Upstream's text as fonts can write it: in signs as a reader sees them, broken into lines, in order of direction."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby

import regex
from fpdf.bidi import BidiParagraph, auto_detect_base_direction
from fpdf.enums import TextDirection

UNKNOWN, ELLIPSIS = "□", "…"
_JOINERS = {"\u200c", "\u200d"}
# Letters and signs that show nothing: people set their lines apart with them.
_BLANKS = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
_SELECTORS = regex.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_RIGHT_TO_LEFT = regex.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Between these and their neighbours a line may end without a space.
_UNSPACED = regex.compile(r"[\u2e80-\u2fff\u3041-\u9fff\uf900-\ufaff\U0001f000-\U0003ffff\u2600-\u27bf]")
# Of characters in a sign: a kiss of two skin tones has nine, a letter under a heap of marks any number.
_LONGEST = 16
_CLOSING = frozenset("、。，．！？：；」』）】〉》ー々")

Known = Mapping[str | None, Iterable[int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """What a reader sees as one sign, and the font that writes it; None is the one in use."""

    text: str
    font: str | None


Pieces = list[Piece]
Measure = Callable[[Pieces], float]


class Speller:
    """Finds the font of each sign among the loaded ones, of which the first that has all of it is taken."""

    def __init__(self, known: Known) -> None:
        self.known = {font: frozenset(codes) for font, codes in known.items()}
        self._found: dict[str, Piece | None] = {" ": Piece(" ", None), "\n": Piece("\n", None)}

    def spell(self, text: str) -> Pieces:
        """What none of the fonts has is one □, however much of it follows.

        Controls, direction overrides and halves of surrogate pairs, which only do harm, are taken out.
        """
        pieces: Pieces = []
        for sign in regex.findall(r"\X", _tidy(text)):
            piece = self._find(sign if len(sign) <= _LONGEST else sign[0])
            if piece is None or (piece.text == UNKNOWN and pieces and pieces[-1].text == UNKNOWN):
                continue
            if piece.text == " " and pieces and pieces[-1].text[0].isalpha() and 0x20 in self.known[pieces[-1].font]:
                piece = Piece(" ", pieces[-1].font)
            pieces.append(piece)
        return pieces

    def _find(self, sign: str) -> Piece | None:
        if sign not in self._found:
            self._found[sign] = self._look_for(sign)
        return self._found[sign]

    def _look_for(self, sign: str) -> Piece | None:
        sign = "".join(char for char in sign if not _is_harmful(char, sign))
        if not sign.strip("".join(_JOINERS)):
            return None
        bare = sign.rstrip("".join(_JOINERS))
        # As it stands, then what is the same in plainer letters (𝓜, ①), then without the marks on it.
        for form in (
            sign if ord(sign[0]) not in self.known[None] else bare,
            unicodedata.normalize("NFKC", bare),
            sign[0],
        ):
            for font, codes in self.known.items():
                if all(ord(char) in codes or char in _JOINERS for char in form):
                    return Piece(form, font)
        return Piece(UNKNOWN, self._find_box())

    def _find_box(self) -> str | None:
        return next((font for font, codes in self.known.items() if ord(UNKNOWN) in codes), None)


def _tidy(text: str) -> str:
    plain = _SELECTORS.sub("", unicodedata.normalize("NFC", text))
    return "".join(" " if _is_blank(char) else char for char in plain)


def _is_blank(char: str) -> bool:
    return char in _BLANKS or char == "\t" or unicodedata.category(char)[0] == "Z"


def _is_harmful(char: str, sign: str) -> bool:
    """Tags are part of a flag; anywhere else they are hidden text."""
    if char in _JOINERS or (sign[0] == "\U0001f3f4" and "\U000e0020" <= char <= "\U000e007f"):
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char != "\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read, and which way."""

    pieces: Pieces
    right_to_left: bool


def break_lines(pieces: Pieces, room: float, measure: Measure) -> Iterator[Line]:
    """Lines no wider than `room`, as they are asked for; a word that fills more than a line is broken where it must."""
    for is_newline, part in groupby(pieces, lambda piece: piece.text == "\n"):
        paragraph = list(part)
        if is_newline:
            yield from (Line([], right_to_left=False) for _one in paragraph[1:])
            continue
        right_to_left = is_right_to_left(paragraph)
        for line in _break_paragraph(paragraph, room, measure):
            yield Line(line, right_to_left=right_to_left)


def _break_paragraph(pieces: Pieces, room: float, measure: Measure) -> Iterator[Pieces]:
    line: Pieces = []
    used = 0.0
    for word in _list_words(pieces, room, measure):
        bare = word[:-1] if word[-1].text == " " else word
        if line and used + measure(bare) > room:
            yield line
            line, used = [], 0.0
        line = line + word
        used += measure(word)
    if line:
        yield line


def _list_words(pieces: Pieces, room: float, measure: Measure) -> Iterator[Pieces]:
    """Each with the space after it; one that would fill more than a line comes in parts that do not."""
    word: Pieces = []
    used = 0.0
    for piece in pieces:
        wide = measure([piece])
        if word and piece.text != " " and (used + wide > room or _may_break(word[-1].text, piece.text)):
            yield word
            word, used = [], 0.0
        word.append(piece)
        used += wide
    if word:
        yield word


def _may_break(left: str, right: str) -> bool:
    if left == " ":
        return True
    return right not in _CLOSING and bool(_UNSPACED.match(left) or _UNSPACED.match(right))


def count_fitting(pieces: Pieces, room: float, measure: Measure) -> int:
    """How many of the first pieces have room."""
    used = 0.0
    for at, piece in enumerate(pieces):
        used += measure([piece])
        if used > room:
            return at
    return len(pieces)


def is_right_to_left(pieces: Pieces) -> bool:
    text = "".join(piece.text for piece in pieces)
    return bool(_RIGHT_TO_LEFT.search(text)) and auto_detect_base_direction(text) == TextDirection.RTL


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font and one level of direction: odd ones go from right to left."""

    text: str
    font: str | None
    level: int

    @property
    def direction(self) -> TextDirection:
        return TextDirection.RTL if self.level % 2 else TextDirection.LTR


def order_runs(line: Line) -> list[Run]:
    """A line's runs from left to right, by the Unicode rules for text of both directions (UAX 9, L2)."""
    runs: list[Run] = []
    for level, piece in zip(_list_levels(line), line.pieces, strict=True):
        if runs and (runs[-1].level, runs[-1].font) == (level, piece.font):
            runs[-1] = Run(runs[-1].text + piece.text, piece.font, level)
        else:
            runs.append(Run(piece.text, piece.font, level))
    for depth in range(max((run.level for run in runs), default=0), 0, -1):
        runs = _turn(runs, depth)
    return runs


def _turn(runs: list[Run], depth: int) -> list[Run]:
    """Each stretch of runs that lie so deep, the other way round."""
    stretches = [list(part) for _deep, part in groupby(runs, lambda run: run.level >= depth)]
    return [run for part in stretches for run in (reversed(part) if part[0].level >= depth else part)]


def _list_levels(line: Line) -> list[int]:
    """The embedding level of each piece, which is that of its first character."""
    text = "".join(piece.text for piece in line.pieces)
    if not _RIGHT_TO_LEFT.search(text):
        return [0] * len(line.pieces)
    base = TextDirection.RTL if line.right_to_left else TextDirection.LTR
    found = BidiParagraph(text, base, preserve_bn_chars=True).get_characters_with_embedding_level()
    starts = accumulate((len(piece.text) for piece in line.pieces[:-1]), initial=0)
    return [found[start].embedding_level for start in starts]
