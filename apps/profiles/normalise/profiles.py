"""Profiles of every known field set to `ProfileData`.

Known: `web_profile_info` and `graphql` users (2020 to 2025), users of the private API, items of the Apify actor, the
displayed page of 2023. The field names do not collide, so one reader asks for each field under all its names.
"""

from typing import Any

from .captions import find_email
from .displayed import is_displayed_profile, read_displayed_profile
from .pages import read_post_page, read_timeline
from .reading import MAX_BIOGRAPHY, MAX_NAME, Reader, dig, exact_int, read_json_text, storable
from .shapes import MetadataData, PostPage, ProfileData, RelatedData
from .usernames import find_username

_USER_PATHS = ("data.user", "graphql.user", "user", "data.xdt_api__v1__users__web_profile_info.user", "data", "content")
_COUNT_KEYS = ("edge_followed_by", "follower_count", "followersCount", "media_count", "edge_owner_to_timeline_media")
_ABSENT = object()


def find_user(payload: Any) -> dict[str, Any] | None:
    """The user object wherever a known envelope puts it; None when there is none."""
    for candidate in (payload, *(dig(payload, path) for path in _USER_PATHS)):
        if is_displayed_profile(candidate) or _is_user(candidate):
            return dict(candidate)
        inner = dig(candidate, "content")
        if is_displayed_profile(inner):
            return dict(inner)
    return None


def says_absent(payload: Any) -> bool:
    """Does the answer say that there is no such account? Instagram's own way is `{"data": {"user": null}}`."""
    return any(dig(payload, path, _ABSENT) is None for path in ("data.user", "graphql.user"))


def read_profile(payload: Any) -> ProfileData | None:
    """The profile of an answer, or None when nothing in it identifies an account. Never raises."""
    user = find_user(payload)
    if user is None:
        return None
    if is_displayed_profile(user):
        return read_displayed_profile(user)
    reader = Reader(user)
    username = find_username(reader.first("username"))
    if not username:
        return None
    external_id = reader.identifier("id", "pk", "pk_id", "strong_id__") or None
    return ProfileData(
        username=username,
        external_id=external_id,
        full_name=reader.text("full_name", MAX_NAME, "full_name", "fullName"),
        biography=reader.text("biography", MAX_BIOGRAPHY, "biography"),
        category=_category(reader),
        country_code=_country(reader),
        timeline=_timeline(user, payload),
        related=_related(reader),
        metadata=_metadata(reader),
        **_links(reader),
        **_kind(reader),
        **_contacts(reader),
        **_counts(reader),
        flags=reader.flags,
    )


def _is_user(value: Any) -> bool:
    """A handle with something that only an account has; the owner inside a post has neither text nor counts."""
    if not isinstance(value, dict) or not isinstance(value.get("username"), str):
        return False
    named = "full_name" in value and ("id" in value or "pk" in value)
    return named or "biography" in value or any(key in value for key in _COUNT_KEYS)


def _timeline(user: dict[str, Any], payload: Any) -> PostPage:
    """The posts inside the user, else those that the answer has beside it (feeds of 2025)."""
    inside = read_timeline(user)
    if inside.posts or payload is user:
        return inside
    beside = read_post_page(payload)
    return beside if beside.posts and beside.contiguous else inside


def _counts(reader: Reader) -> dict[str, Any]:
    return {
        "followers": reader.count(
            "followers", "edge_followed_by.count", "follower_count", "followersCount", "followers_count", "followers"
        ),
        "following": reader.count(
            "following", "edge_follow.count", "following_count", "followsCount", "follows_count", "following"
        ),
        "posts_count": reader.count(
            "posts_count", "edge_owner_to_timeline_media.count", "media_count", "postsCount", "posts_count"
        ),
        "highlights_count": reader.count("highlights_count", "highlight_reel_count", "highlightReelCount"),
    }


def _kind(reader: Reader) -> dict[str, Any]:
    professional = reader.boolean("is_professional_account", "isProfessionalAccount")
    account_type = exact_int(reader.first("account_type"))
    if professional is None and account_type in (1, 2, 3):
        professional = account_type != 1
    return {
        "is_verified": reader.boolean("is_verified", "verified", "isVerified"),
        "is_private": reader.boolean("is_private", "private", "isPrivate"),
        "is_business": reader.boolean("is_business_account", "isBusinessAccount", "is_business"),
        "is_professional": professional,
    }


def _contacts(reader: Reader) -> dict[str, Any]:
    email = reader.text("email", 254, "business_email", "public_email", "businessEmail", "publicEmail")
    phone = reader.text("phone", 40, "business_phone_number", "contact_phone_number", "businessPhoneNumber")
    if not phone:
        parts = (reader.first("public_phone_country_code"), reader.first("public_phone_number"))
        number = storable("".join(str(part) for part in parts if isinstance(part, str | int)))[:39]
        phone = (number if number.startswith("+") else f"+{number}") if parts[1] else phone
    return {"business_email": email if email is None else find_email(email), "business_phone": phone}


def _links(reader: Reader) -> dict[str, Any]:
    picture = (
        "profile_pic_url_hd",
        "hd_profile_pic_url_info.url",
        "profilePicUrlHD",
        "profile_pic_url",
        "profilePicUrl",
    )
    links: dict[str, dict[str, str]] = {}
    for item in reader.objects("bio_links", "externalUrls", "external_urls"):
        link = reader.sub(item)
        if address := link.url("url"):
            links[address] = {"url": address, "title": link.text("link", 200, "title") or ""}
    told = reader.has("bio_links", "externalUrls", "external_urls")
    return {
        "external_url": reader.url("external_url", "externalUrl"),
        "links": tuple(list(links.values())[:20]) if told or links else None,
        "avatar_url": reader.url(*picture),
    }


def _category(reader: Reader) -> str | None:
    paths = (
        "category_name", "category", "overall_category_name", "categoryName", "business_category_name",
        "businessCategoryName",
    )  # fmt: skip
    for path in paths:
        text = (reader.text("category", 120, path) or "").strip().removeprefix("None,").strip()
        if text and text.lower() not in ("none", "null"):
            return text
    return "" if reader.has(*paths) else None


def _address(reader: Reader) -> dict[str, Any] | None:
    told = reader.first("business_address_json", "businessAddress")
    address = reader.sub(told if isinstance(told, dict) else read_json_text(told))
    own = reader.sub({key: reader.data.get(key) for key in ("address_street", "city_name", "zip", "country_code")})
    found = {
        "street": address.text("address", 200, "street_address") or own.text("address", 200, "address_street"),
        "city": address.text("address", 200, "city_name") or own.text("address", 200, "city_name"),
        "zip": address.text("address", 20, "zip_code") or own.text("address", 20, "zip"),
        "region": address.text("address", 200, "region_name"),
        "country_code": (address.text("address", 60, "country_code") or "").upper(),
    }
    found = {key: value for key, value in found.items() if value}
    return found or None


def _country(reader: Reader) -> str | None:
    code = (_address(reader) or {}).get("country_code", "")
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _metadata(reader: Reader) -> MetadataData:
    entities = dig(reader.data, "biography_with_entities.entities")
    account_type = exact_int(reader.first("account_type"))
    pronouns = reader.first("pronouns")
    return MetadataData(
        account_type=str(account_type) if account_type is not None else "",
        category_enum=reader.text("category", 120, "category_enum") or "",
        business_category=reader.text("category", 120, "business_category_name", "businessCategoryName") or "",
        contact_method=reader.text("contact", 40, "business_contact_method") or "",
        pronouns=tuple(storable(item)[:40] for item in pronouns if isinstance(item, str))[:5]
        if isinstance(pronouns, list)
        else (),
        address=_address(reader),
        biography_entities=_entities(entities),
        joined_recently=reader.boolean("is_joined_recently", "joinedRecently"),
        hides_like_counts=reader.boolean("hide_like_and_view_counts"),
        has_reels=reader.boolean("has_clips"),
        has_channel=reader.boolean("has_channel", "hasChannel"),
        facebook_id=reader.identifier("fbid", "fbid_v2"),
        videos_count=reader.count("videos", "edge_felix_video_timeline.count", "igtvVideoCount", "total_igtv_videos"),
    )


def _entities(items: Any) -> tuple[dict[str, str], ...]:
    found = []
    for item in items if isinstance(items, list) else []:
        name = find_username(dig(item, "user.username"))
        tag = dig(item, "hashtag.name")
        if name:
            found.append({"user": name})
        elif isinstance(tag, str):
            found.append({"hashtag": Reader({"t": tag}).text("t", 150, "t") or ""})
    return tuple(found[:30])


def _related(reader: Reader) -> tuple[RelatedData, ...]:
    related: dict[str, RelatedData] = {}
    for node in reader.objects("edge_related_profiles", "relatedProfiles", "related_profiles"):
        item = reader.sub(node)
        if username := find_username(item.first("username")):
            related[username] = RelatedData(
                username=username,
                external_id=item.identifier("id", "pk"),
                full_name=item.text("related", MAX_NAME, "full_name", "fullName") or "",
                is_verified=item.boolean("is_verified", "isVerified"),
                is_private=item.boolean("is_private", "isPrivate"),
                avatar_url=item.url("profile_pic_url", "profilePicUrl") or "",
            )
    return tuple(list(related.values())[:200])
