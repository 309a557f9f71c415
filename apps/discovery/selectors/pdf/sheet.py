"""Pages of A4 with the house's type, colours and tables. Everything is drawn: no markup is read, nothing is fetched."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, cast

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from PIL import Image

from .fonts import BOLD, MAIN, REGULAR, SCRIPTS, clean, list_scripts

INK, GREY, HAIR, PAPER = (24, 33, 38), (98, 109, 115), (222, 227, 229), (246, 248, 249)
PETROL, TEAL, MIST, CLAY = (0, 116, 128), (104, 178, 187), (174, 201, 208), (199, 106, 70)
TONES = {1: PETROL, 2: TEAL, 3: MIST, 4: CLAY, 5: HAIR}
MARGIN, FOOT = 16.0, 18.0
Colour = tuple[int, int, int]
Side = Literal["L", "R", "C"]


class Sheet(FPDF):
    """A document in the making; positions are millimetres from the top left."""

    def __init__(self, *, foot: str, texts: str) -> None:
        super().__init__(format="A4")
        for font in (*MAIN, *list_scripts(texts)):
            self.add_font(font.name, fname=font.path)
        others = [font.name for font in SCRIPTS if font.name.lower() in self.fonts]
        self.set_fallback_fonts(others, exact_match=False)
        self.set_text_shaping(use_shaping_engine=True)
        self.known = frozenset(code for font in self.fonts.values() for code in font.cmap)  # type: ignore[union-attr]
        self.foot = foot
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT)
        self.set_line_width(0.2)
        self.c_margin = 0

    @property
    def room(self) -> float:
        """Millimetres between the margins."""
        return float(self.epw)

    def footer(self) -> None:
        self.set_y(-12)
        self.pen(7.5, GREY)
        self.cell(self.room - 20, 4, clean(self.foot, self.known))
        self.cell(20, 4, f"{self.page_no()} of {{nb}}", align=Align.R)

    def pen(self, size: float, colour: Colour = INK, *, bold: bool = False) -> None:
        self.set_font(BOLD if bold else REGULAR, size=size)
        self.set_text_color(*colour)

    def need(self, height: float) -> None:
        """A new page where this one has not so much room left."""
        if self.get_y() + height > self.h - FOOT:
            self.add_page()

    def say(self, text: str, *, width: float = 0, leading: float = 1.35, lines: int = 0) -> None:
        """A paragraph at the present place, which goes on below it; at most so many `lines`."""
        text, line = clean(text, self.known), self.font_size * leading
        if lines:
            shown = cast("list[str]", self.multi_cell(width, line, text, dry_run=True, output="LINES", align=Align.L))
            text = "\n".join(shown[:lines])
            if len(shown) > lines:
                text = f"{text[:-2]}…"
        self.multi_cell(width, line, text, align=Align.L, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def put(self, text: str, x: float, y: float, *, width: float = 0, align: Side = "L") -> None:
        """One line at a place, cut to its width."""
        self.set_xy(x, y)
        self.cell(width, self.font_size * 1.3, self.fit(text, width), align=Align.coerce(align))

    def fit(self, text: str, width: float) -> str:
        text = clean(" ".join(text.split()), self.known)
        if not width or self.get_string_width(text) <= width:
            return text
        while text and self.get_string_width(f"{text}…") > width:
            text = text[: -max(1, len(text) // 12)]
        return f"{text}…"

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
