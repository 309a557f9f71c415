"""Icons are drawn once and look as the library draws them."""

import pytest
from django.template import engines
from lucide import IconDoesNotExist
from lucide.templatetags import lucide as library

from apps.core.templatetags import icons


def write(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


def test_an_icon_is_the_librarys_and_drawn_once():
    template = '{% lucide "check" size=size class=class aria_hidden="true" %}'
    before = icons._draw.cache_info().misses

    drawn = [write(template, size=17, **{"class": "a&b"}) for _ in range(3)]

    assert drawn == [library.lucide("check", size=17, **{"class": "a&b"}, aria_hidden="true")] * 3
    assert 'class="a&amp;b"' in drawn[0]
    assert icons._draw.cache_info().misses - before == 1


def test_other_attributes_are_another_icon():
    small, large = write('{% lucide "check" size=16 %}'), write('{% lucide "check" size=24 %}')

    assert ('width="16"' in small, 'width="24"' in large) == (True, True)


def test_an_unknown_icon_is_an_error_each_time():
    for _ in range(2):
        with pytest.raises(IconDoesNotExist):
            write('{% lucide "no-such-icon" %}')
