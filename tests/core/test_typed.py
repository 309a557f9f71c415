"""Text that people typed."""

import pytest

from apps.core.typed import clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "line", "text"),
    [
        ("  two   words ", "two words", "two   words"),
        ("a\r\nb\rc\n", "a b c", "a\nb\nc"),
        ("nul\x00 and bell\x07", "nul and bell", "nul  and bell"),
        ("left\u202eright\u2066", "leftright", "leftright"),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("cafe\u0301", "café", "café"),
        ("\n \t\n", "", ""),
    ],
)
def test_it_is_one_form_without_what_cannot_be_seen(typed, line, text):
    assert (clean_line(typed), clean_text(typed)) == (line, text)
