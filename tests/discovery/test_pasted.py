"""Handles as people paste them."""

import pytest

from apps.discovery.selectors.pasted import read_handles


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("", []),
        (" \n\n", []),
        ("@maya", ["@maya"]),
        ("maya, noura;lena\tkai  @ivy", ["maya", "noura", "lena", "kai", "@ivy"]),
        ("maya\r\nnoura\n\nhttps://www.instagram.com/lena.cooks/?hl=en", ["maya", "noura", "https://www.instagram.com/lena.cooks/?hl=en"]),
        ('"maya","noura"', ["maya", "noura"]),
        ("username\nmaya\nnoura", ["maya", "noura"]),
        ("\ufeffUsername\nmaya", ["maya"]),
        ("Name,Instagram Handle,Followers\nMaya Lind,@maya,12000\n\"Noura, S.\",noura,5", ["@maya", "noura"]),
        ("name;profile_url\nMaya;https://instagram.com/maya\nNo link;\n", ["https://instagram.com/maya"]),
        ("a\thandle\n1\tmaya\n2", ["maya"]),
    ],
)  # fmt: skip
def test_lists_and_tables_are_read(text, handles):
    assert read_handles(text) == handles
