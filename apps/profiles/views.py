"""Pictures of creators: public, immutable, never anybody's content but ours."""

from typing import cast

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.html import escape
from django.views.decorators.http import require_safe

from apps.core.conditional import is_unchanged

from .selectors.previews import initials_of
from .services.media import forget_asset

_FOREVER = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400"
_HUES = (12, 38, 88, 152, 188, 214, 262, 318)


@require_safe
def show_picture(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """A stored picture: from the local folder, or by redirect to the object store. A lost one is a placeholder."""
    key = f"creators/{folder}/{name}"
    url = default_storage.url(key)
    if url.startswith(("https://", "http://")):
        return HttpResponseRedirect(url)
    try:
        content = default_storage.open(key)
    except FileNotFoundError:
        forget_asset(key)
        return _placeholder("?", status=404)
    etag = f'"{name}"'
    if is_unchanged(request, etag):
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": _FOREVER})
    response = FileResponse(content, content_type="image/webp")
    response.headers["Cache-Control"] = _FOREVER
    response.headers["ETag"] = etag
    return cast(HttpResponseBase, response)


@require_safe
def show_placeholder(request: HttpRequest, initials: str) -> HttpResponse:
    """Initials on a quiet ground, for a creator whose picture is not there."""
    return _placeholder(initials_of(initials) if len(initials) > 2 else initials.upper())


def _placeholder(initials: str, *, status: int = 200) -> HttpResponse:
    hue = _HUES[sum(map(ord, initials)) % len(_HUES)]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img">'
        f'<rect width="96" height="96" fill="hsl({hue} 32% 88%)"/>'
        f'<text x="48" y="50" fill="hsl({hue} 38% 28%)" font-family="system-ui,sans-serif" font-size="36"'
        f' font-weight="600" text-anchor="middle" dominant-baseline="middle">{escape(initials[:2])}</text></svg>'
    )
    headers = {"Cache-Control": _A_DAY if status == 200 else "no-store"}
    return HttpResponse(svg, content_type="image/svg+xml", status=status, headers=headers)
