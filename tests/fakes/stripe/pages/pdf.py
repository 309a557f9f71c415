"""A PDF of one page of plain lines: enough to be opened and saved."""

_SHEET = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)


def make_pdf(lines: list[str]) -> bytes:
    """A4, Helvetica, one line under the other."""
    shown = "".join(f"({_escape(line)}) Tj T*\n" for line in lines[:45])
    stream = f"BT /F1 11 Tf 16 TL 56 780 Td\n{shown}ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _SHEET,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def _escape(line: str) -> str:
    plain = line.replace("–", "-").replace("−", "-").replace("×", "x")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
