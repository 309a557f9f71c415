"""Pages of A4 with the house's type, colours and tables. Everything is drawn: no markup is read, nothing is fetched."""

from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import Any, Literal, cast

from fpdf import FPDF
from fpdf.enums import Align
from fpdf.line_break import Fragment
from PIL import Image

from .fonts import BOLD, MAIN, REGULAR, Face, load_faces
from .writing import (
    ELLIPSIS,
    UNKNOWN,
    Line,
    Piece,
    Pieces,
    Speller,
    break_lines,
    count_fitting,
    is_right_to_left,
    order_runs,
)

INK, GREY, HAIR, PAPER = (24, 33, 38), (98, 109, 115), (222, 227, 229), (246, 248, 249)
PETROL, TEAL, MIST, CLAY = (0, 116, 128), (104, 178, 187), (174, 201, 208), (199, 106, 70)
TONES = {1: PETROL, 2: TEAL, 3: MIST, 4: CLAY, 5: HAIR}
MARGIN, FOOT = 16.0, 18.0
# Every font is given the missing sign and the space.
UNUSED = 2
MAIN_KEYS = frozenset(font.name.lower() for font in MAIN)
PAGES = "\x02"
Colour = tuple[int, int, int]
Side = Literal["L", "R", "C"]


class Sheet(FPDF):
    """A document in the making; positions are millimetres from the top left."""

    def __init__(self, *, foot: str, texts: str) -> None:
        super().__init__(format="A4")
        load_faces(self, f"{texts}{UNKNOWN}")
        others = [key for key in self.fonts if key not in MAIN_KEYS]
        self.speller = Speller({None: self._cmap(REGULAR)} | {key: self._cmap(key) for key in others})
        # No text of upstream has a control in it, so none can ask for the number of pages.
        self.alias_nb_pages(PAGES)
        self.set_text_shaping(use_shaping_engine=True)
        self.foot = foot
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT)
        self.set_line_width(0.2)
        self.c_margin = 0

    def _cmap(self, name: str) -> Iterable[int]:
        return cast("Face", self.fonts[name.lower()]).cmap

    @property
    def room(self) -> float:
        """Millimetres between the margins."""
        return float(self.epw)

    def footer(self) -> None:
        self.set_y(-12)
        self.pen(7.5, GREY)
        self.put(self.foot, MARGIN, self.h - 12, width=self.room - 20)
        self.set_xy(self.w - MARGIN - 20, self.h - 12)
        self.cell(20, self.font_size * 1.3, f"{self.page_no()} of {PAGES}", align=Align.R)

    def pen(self, size: float, colour: Colour = INK, *, bold: bool = False) -> None:
        self.set_font(BOLD if bold else REGULAR, size=size)
        self.set_text_color(*colour)

    def need(self, height: float) -> None:
        """A new page where this one has not so much room left."""
        if self.get_y() + height > self.h - FOOT:
            self.add_page()

    def say(self, text: str, *, width: float = 0, leading: float = 1.35, lines: int = 0) -> None:
        """A paragraph at the present place, which goes on below it; at most so many `lines`."""
        left, height = self.get_x(), self.font_size * leading
        room = width or self.w - self.r_margin - left
        pieces = self.speller.spell(text)
        to_the_right = is_right_to_left(pieces)
        broken = break_lines(pieces, room, self.measure)
        shown = list(islice(broken, lines or None))
        if next(broken, None) is not None:
            shown[-1] = Line(self.shorten(shown[-1].pieces, room), right_to_left=shown[-1].right_to_left)
        for line in shown:
            self._write(line, height, indent=room - self.measure(line.pieces) if to_the_right else 0)
            self.set_xy(left, self.get_y() + height)

    def put(self, text: str, x: float, y: float, *, width: float = 0, align: Side = "L") -> None:
        """One line at a place, cut to its width."""
        pieces = self.speller.spell(" ".join(text.split()))
        if width and self.measure(pieces) > width:
            pieces = self.shorten(pieces, width)
        free = (width or self.room) - self.measure(pieces)
        self.set_xy(x, y)
        line = Line(pieces, right_to_left=is_right_to_left(pieces))
        self._write(line, self.font_size * 1.3, indent={"L": 0.0, "C": free / 2, "R": free}[align])

    def measure(self, pieces: Pieces) -> float:
        """Millimetres in the present size."""
        width = 0.0
        for font, part in groupby(pieces, lambda piece: piece.font):
            face = cast("Face", self.fonts[font] if font else self.current_font)
            text = "".join(piece.text for piece in part)
            width += face.get_text_width(text, self.font_size_pt, self.text_shaping)[1]
        return width / self.k

    def shorten(self, pieces: Pieces, room: float) -> Pieces:
        """As much of it as has room before an ellipsis."""
        more = Piece(ELLIPSIS, None)
        shown = pieces[: count_fitting(pieces, room - self.measure([more]), self.measure)]
        while shown and shown[-1].text == " ":
            shown.pop()
        return [*shown, more]

    def _write(self, line: Line, height: float, *, indent: float) -> None:
        family, size = self.font_family, self.font_size_pt
        self.set_x(self.get_x() + indent)
        for run in order_runs(line):
            self.set_font(run.font or family, size=size)
            self.set_text_shaping(direction=run.direction)
            self.cell(None, height, run.text)
        self.set_font(family, size=size)
        self.set_text_shaping()

    def _preload_bidirectional_text(self, text: str, markdown: bool) -> Sequence[Fragment]:
        """A run is of one font and one direction; to have fpdf2 work both out anew took a third of the time."""
        shaping = self.text_shaping or {}
        if not shaping["direction"]:
            return super()._preload_bidirectional_text(text, markdown)
        shaping["paragraph_direction"] = shaping["fragment_direction"] = shaping["direction"]
        return (Fragment(text, self._get_current_graphics_state(), self.k),)

    def finish(self) -> bytes:
        """The file; fonts that were loaded and not used stay out of it."""
        kept = MAIN_KEYS | {piece.font for piece in self.speller.spell(self.foot)}
        for key in list(self.fonts):
            if key not in kept and len(cast("Face", self.fonts[key]).subset) <= UNUSED:
                del self.fonts[key]
        return bytes(self.output())

    def heading(self, text: str, note: str = "") -> None:
        """A heading with a line under it."""
        self.need(34)
        self.ln(5)
        self.pen(13, bold=True)
        self.say(text)
        if note:
            self.pen(8, GREY)
            self.say(note)
        self.set_draw_color(*HAIR)
        self.line(MARGIN, self.get_y() + 1.2, self.w - MARGIN, self.get_y() + 1.2)
        self.ln(3.4)

    def grid(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        """Rows of one line each, numbers of the second column on to the right; the head again on each page."""
        self._row(head, widths, head=True)
        for row in rows:
            if self.get_y() + 5.6 > self.h - FOOT:
                self.add_page()
                self._row(head, widths, head=True)
            self._row(row, widths)
        self.ln(2)

    def _row(self, cells: Sequence[str], widths: Sequence[float], *, head: bool = False) -> None:
        y, x = self.get_y(), MARGIN
        for text, share in zip(cells, widths, strict=True):
            width = self.room * share
            self.pen(7.5 if head else 8.2, GREY if head else INK)
            self.put(text, x, y + 0.9, width=width - 2)
            x += width
        self.set_draw_color(*HAIR)
        self.line(MARGIN, y + 5.4, self.w - MARGIN, y + 5.4)
        self.set_xy(MARGIN, y + 5.6)

    def bars(self, rows: Sequence[dict[str, Any]], x: float, y: float, *, width: float, tone: int = 1) -> float:
        """`[{label, n, share}]` as bars; gives back where they end."""
        for row in rows:
            self.pen(8)
            self.put(row["label"], x, y, width=width - 26)
            self.pen(8, GREY)
            count = f"{row['n']:,} · " if row.get("n") is not None else ""
            self.put(f"{count}{row['share']:.0f}%", x + width - 26, y, width=26, align="R")
            self.block(x, y + 4.6, width, 1.2, HAIR)
            self.block(x, y + 4.6, max(0.4, width * min(100.0, row["share"]) / 100), 1.2, TONES[tone])
            y += 8.2
        return y

    def block(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.set_fill_color(*colour)
        self.rect(x, y, width, height, style="F")

    def picture(self, image: Image.Image, x: float, y: float, size: float) -> None:
        """A square picture in hand."""
        self.image(image, x=x, y=y, w=size, h=size)
