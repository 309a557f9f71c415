"""Pictures: fetched once through a guard, re-encoded, served for good."""

import io
import socket

import pytest
from PIL import Image

from apps.profiles.gateways.pictures import PictureRefused, fetch_picture
from apps.profiles.models import MediaAsset, Post, Profile
from apps.profiles.selectors import get_avatar_url, get_preview
from apps.profiles.services import fetch_media, refresh_profile
from apps.profiles.services.encoding import decode_picture, encode_picture
from tests.fakes.pictures import FakePictures, make_bomb, make_jpeg
from tests.profiles.making import make_node, make_user


@pytest.fixture
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.MEDIA_ALLOWED_HOSTS = ["cdninstagram.com", "127.0.0.1"]
    settings.MEDIA_PRIVATE_HOSTS = ["127.0.0.1"]
    with FakePictures() as fake:
        yield fake


@pytest.fixture
def stored(decodo, pictures):
    """A creator with an avatar and one post, both with pictures upstream."""
    node = make_node("CODE0000001", display_url=pictures.add("/post.jpg", make_jpeg(color=(1, 2, 3))))
    decodo.add(make_user(nodes=[node], profile_pic_url_hd=pictures.add("/me.jpg", make_jpeg(exif=True))))
    return refresh_profile(username="someone").profile


@pytest.mark.django_db
def test_pictures_are_fetched_once_and_kept_in_two_sizes(stored, pictures, client):
    assert fetch_media(profile_id=stored.pk) == {"fetched": 2, "failed": 0}
    assert fetch_media(profile_id=stored.pk) == {"fetched": 0, "failed": 0}

    profile = Profile.objects.select_related("avatar").get()
    assert (len(pictures.asked), MediaAsset.objects.count(), profile.version) == (2, 2, 2)
    url = get_preview(profile)["avatar_url"]
    assert url == f"/media/creators/{profile.avatar.content_hash[:2]}/{profile.avatar.content_hash}-s.webp"
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    small = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert (small.format, max(small.size)) == ("WEBP", 240)
    assert client.get(url, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.get(get_avatar_url(profile, large=True)).status_code == 200


@pytest.mark.django_db
def test_a_new_avatar_is_fetched_anew_and_a_new_signature_is_not(stored, pictures, decodo):
    fetch_media(profile_id=stored.pk)
    decodo.add(make_user(profile_pic_url_hd=f"{pictures.base_url}/me.jpg?sig=2"))
    assert refresh_profile(username="someone").profile.avatar_id is not None

    decodo.add(make_user(profile_pic_url_hd=pictures.add("/new.jpg", make_jpeg(color=(9, 200, 9)))))

    assert refresh_profile(username="someone").profile.avatar_id is None
    assert fetch_media(profile_id=stored.pk)["fetched"] == 1


@pytest.mark.django_db
def test_one_bad_picture_does_not_stop_the_rest(stored, pictures):
    pictures.add("/me.jpg", b"<svg onload=alert(1)>", kind="image/svg+xml")

    assert fetch_media(profile_id=stored.pk) == {"fetched": 1, "failed": 1}
    assert Post.objects.get().thumbnail is not None
    assert get_preview(Profile.objects.get())["avatar_url"] == "/media/placeholder/SO.svg"


@pytest.mark.django_db
def test_a_lost_file_is_a_placeholder_and_comes_back(stored, client, settings):
    fetch_media(profile_id=stored.pk)
    profile = Profile.objects.select_related("avatar").get()
    url = get_avatar_url(profile)
    (settings.MEDIA_ROOT / profile.avatar.small_key).unlink()

    lost = client.get(url)

    assert (lost.status_code, lost["Content-Type"]) == (404, "image/svg+xml")
    assert fetch_media(profile_id=stored.pk)["fetched"] == 1
    assert client.get(get_avatar_url(Profile.objects.select_related("avatar").get())).status_code == 200


@pytest.mark.django_db
def test_a_refresh_asks_for_its_pictures(stored, run_jobs):
    run_jobs()

    assert Profile.objects.get().avatar is not None
    assert Post.objects.get().thumbnail is not None


@pytest.mark.django_db
def test_the_sandbox_draws_its_own(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PROFILE_SOURCES = tmp_path, ["sandbox"]
    profile = refresh_profile(username="one.post").profile

    assert fetch_media(profile_id=profile.pk) == {"fetched": 2, "failed": 0}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://evil.example/a.jpg", "host_not_allowed"),
        ("https://cdninstagram.com.evil.example/a.jpg", "host_not_allowed"),
        ("https://evilcdninstagram.com/a.jpg", "host_not_allowed"),
        ("https://user@x.cdninstagram.com/a.jpg", "host_not_allowed"),
        ("http://x.cdninstagram.com/a.jpg", "not_https"),
        ("ftp://x.cdninstagram.com/a.jpg", "not_https"),
        ("https://x.cdninstagram.com:22/a.jpg", "port_not_allowed"),
        ("https://[::1/a.jpg", "bad_address"),
        ("file:///etc/passwd", "host_not_allowed"),
        ("", "host_not_allowed"),
    ],
)
def test_addresses_that_are_never_asked(pictures, url, reason):
    with pytest.raises(PictureRefused) as refused:
        fetch_picture(url)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.5",
        "169.254.169.254",
        "::1",
        "192.168.1.1",
        "0.0.0.0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "fe80::1%eth0",
        "224.0.0.1",
    ],
)
def test_a_public_name_with_a_private_address_is_refused(monkeypatch, address):
    """A name that leads inside (DNS rebinding) is refused at the connection itself."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(PictureRefused) as refused:
        fetch_picture("https://x.cdninstagram.com/a.jpg")
    assert refused.value.reason == "private_address"


def test_redirects_are_checked_like_first_addresses(pictures, settings):
    good = pictures.add("/good.jpg", make_jpeg())
    assert fetch_picture(pictures.redirect("/hop", good)) == make_jpeg()
    for target in ("https://evil.example/x.jpg", "http://10.0.0.1/x.jpg", "file:///etc/passwd"):
        with pytest.raises(PictureRefused):
            fetch_picture(pictures.redirect("/out", target))
    with pytest.raises(PictureRefused, match="too_many_redirects"):
        fetch_picture(pictures.redirect("/loop", f"{pictures.base_url}/loop"))


def test_size_and_kind_are_bounded(pictures, monkeypatch):
    with pytest.raises(PictureRefused, match="not_a_picture"):
        fetch_picture(pictures.add("/page", b"<html>", kind="text/html"))
    with pytest.raises(PictureRefused, match="http_403"):
        fetch_picture(pictures.add("/expired", b"", status=403))
    monkeypatch.setattr("apps.profiles.gateways.pictures.MAX_BYTES", 1_000)
    with pytest.raises(PictureRefused, match="too_large"):
        fetch_picture(pictures.add("/big.jpg", make_jpeg(900, 900)))


@pytest.mark.parametrize("content", [b"", b"no picture", make_jpeg()[:60], b"<svg/>", b"RIFF1234WEBPjunk"])
def test_what_cannot_be_decoded(content):
    with pytest.raises(PictureRefused, match="not_decodable"):
        decode_picture(content)


@pytest.mark.parametrize(("side", "reason"), [(9_000, "too_many_pixels"), (40_000, "not_decodable")])
def test_a_bomb_is_refused_before_it_unpacks(side, reason):
    """The first by our own bound, the second already by Pillow's."""
    with pytest.raises(PictureRefused, match=reason):
        decode_picture(make_bomb(side))


def test_metadata_is_dropped_and_the_picture_turned_upright():
    picture = encode_picture(decode_picture(make_jpeg(400, 500, exif=True)))

    image = Image.open(io.BytesIO(picture.large))
    assert (image.width, image.height) == (500, 400)
    assert len(image.getexif()) == 0
    assert b"secret place" not in picture.large


@pytest.mark.parametrize(("initials", "shown"), [("SO", "SO"), ("<x>", "X"), ("ن", "ن"), ("प", "प")])
def test_placeholders_are_harmless(client, db, initials, shown):
    from django.urls import reverse

    response = client.get(reverse("profiles:placeholder", args=[initials]))

    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert f">{shown}</text>" in response.content.decode()
    assert "<x>" not in response.content.decode()
