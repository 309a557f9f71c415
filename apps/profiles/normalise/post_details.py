"""Where a post was made, what plays in it, and its picture."""

from typing import Any

from .reading import Reader, dig, read_json_text, web_address

_THUMBNAILS = (
    "display_url", "displayUrl", "thumbnail_src", "thumbnail_url", "display_uri", "displayResourceUrl",
)  # fmt: skip


def read_location(reader: Reader) -> dict[str, Any] | None:
    place = reader.sub(reader.first("location"))
    found: dict[str, Any] = {
        "id": place.identifier("id", "pk") or reader.identifier("locationId"),
        "name": place.text("location", 200, "name") or reader.text("location", 200, "locationName") or "",
        "slug": place.text("location", 200, "slug") or "",
        "city": place.text("location", 200, "city") or "",
        "latitude": _coordinate(place.first("lat", "latitude")),
        "longitude": _coordinate(place.first("lng", "longitude")),
        **_address(place.first("address_json")),
    }
    found = {key: value for key, value in found.items() if value not in ("", None)}
    return found if "name" in found or "id" in found else None


def _address(text: Any) -> dict[str, str]:
    address = Reader(read_json_text(text))
    found = {
        "country_code": (address.text("location", 2, "country_code") or "").upper(),
        "region": address.text("location", 200, "region_name") or "",
        "city": address.text("location", 200, "city_name") or "",
    }
    return {key: value for key, value in found.items() if value}


def _coordinate(value: Any) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and -180 <= value <= 180
    return float(value) if usable and value else None


def read_music(reader: Reader) -> dict[str, Any] | None:
    candidates = (
        "clips_music_attribution_info", "musicInfo", "clips_metadata.music_info.music_asset_info",
        "music_metadata.music_info.music_asset_info", "clips_metadata.original_sound_info",
    )  # fmt: skip
    track = Reader(next((value for value in reader.values(*candidates) if isinstance(value, dict)), None))
    found: dict[str, Any] = {
        "artist": track.text("music", 200, "artist_name", "display_artist", "ig_artist.username") or "",
        "title": track.text("music", 200, "song_name", "title", "original_audio_title") or "",
        "id": track.identifier("audio_id", "audio_cluster_id", "audio_asset_id"),
        "original": track.boolean("uses_original_audio"),
    }
    found = {key: value for key, value in found.items() if value not in ("", None)}
    return found or None


def read_thumbnail(reader: Reader) -> str:
    if address := reader.url(*_THUMBNAILS):
        return address
    first = next(iter(reader.objects("carousel_media")), reader.data)
    sized = dig(first, "image_versions2.candidates")
    candidates = sized if isinstance(sized, list) else []
    images = reader.data.get("images")
    addresses = [dig(item, "url") for item in candidates] + (images if isinstance(images, list) else [])
    return next((address for item in addresses if (address := web_address(item))), "")
