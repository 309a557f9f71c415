"""Text that people typed: one form, nothing invisible that changes how the text around it is shown or stored."""

import unicodedata

# Direction marks reorder the text around them; joiners (ZWJ, ZWNJ) stay, emoji and Persian need them.
DIRECTION_MARKS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_BREAKS = {"Cc", "Zl", "Zp"}


def clean_line(text: str) -> str:
    """NFC on one line with single spaces, without control characters."""
    return " ".join(_without_controls(text.replace("\n", " ")).split())


def clean_text(text: str) -> str:
    """NFC with its line breaks and without other control characters, trimmed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_without_controls(line).rstrip() for line in lines).strip()


def _without_controls(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(DIRECTION_MARKS)
    return "".join(" " if unicodedata.category(letter) in _BREAKS else letter for letter in text)
