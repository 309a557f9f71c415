"""What paying teams unlocked is kept up to date; for whom the catalogue does not learn."""

from apps.discovery.tasks import track_all_unlocked
from apps.profiles.models import Profile, TrackedProfile
from apps.teams.models import Team


def tracked() -> set[str]:
    return set(TrackedProfile.objects.values_list("profile__username", flat=True))


def test_two_teams_want_a_creator_once(team, other_team, unlocked, run_jobs):
    from apps.discovery.services.unlocking import unlock_profile
    from apps.teams.access import enter_team

    unlocked("shared")
    unlocked("mine")
    with enter_team(other_team):
        unlock_profile(team=other_team, member=other_team.owner, username="shared")

    assert track_all_unlocked.apply().get() == 2
    assert run_jobs().count("discovery.track_unlocked") == 2

    assert tracked() == {"shared", "mine"}
    assert {field.name for field in TrackedProfile._meta.get_fields()} == {"profile", "wanted_at", "asked_at"}


def test_free_and_inactive_teams_are_left_out(team, free_team, unlocked, run_jobs):
    unlocked("of.free", by=free_team)
    unlocked("of.suspended")
    Team.objects.filter(pk=team.pk).update(state=Team.State.SUSPENDED)

    assert track_all_unlocked.apply().get() == 0
    run_jobs()

    assert tracked() == set()


def test_an_unlock_of_a_creator_that_is_gone_stops_nobody(team, unlocked, run_jobs):
    unlocked("stays")
    Profile.objects.filter(pk=unlocked("vanishes").pk).delete()

    track_all_unlocked.apply()
    run_jobs()

    assert tracked() == {"stays"}
