"""Customers of the replaced system: checked as a whole, brought once, and nobody's password or money touched."""

import csv
import re
import tracemalloc
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from apps.accounts.hashers import BcryptHasher
from apps.accounts.models import User
from apps.admin.services.importing import import_customers
from apps.admin.services.importing import running as importing
from apps.billing.models import Subscription
from apps.credits.models import Entry, Grant
from apps.credits.selectors import compute_balance
from apps.discovery.models import Unlock
from apps.profiles.models import Profile
from apps.system.models import ImportedRow
from apps.teams.access import enter_team
from apps.teams.models import Membership, Team

EXAMPLE = dict(re.findall(r"```csv (\w+\.csv)\n(.*?)```", Path("docs/recipes.md").read_text(), re.S))


@pytest.fixture
def folder(tmp_path):
    """`folder(users="…")`: the example of docs/recipes.md, with other contents for some of its files."""

    def write(**files: str | bytes | None) -> Path:
        for name, text in (EXAMPLE | {f"{name}.csv": text for name, text in files.items()}).items():
            if text is not None:
                (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
            else:
                (tmp_path / name).unlink(missing_ok=True)
        return tmp_path

    return write


def run(path: Path, *, apply: bool = False) -> list[str]:
    out = StringIO()
    try:
        call_command("import_customers", str(path), apply=apply, stdout=out, stderr=StringIO())
    except CommandError as refusal:
        out.write(f"{refusal}\n")
    return out.getvalue().splitlines()


def get_team(name: str = "Northwind") -> Team:
    return Team.objects.select_related("plan_version__plan").get(name=name)


def count_rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Team, Subscription, ImportedRow, Profile))


def test_a_dry_run_says_everything_and_writes_nothing(folder, db):
    before = count_rows()

    said = run(folder())

    assert said[:9] == [
        "users.csv:2 create the account",
        "users.csv:3 create the account",
        "users.csv:4 create the account",
        "teams.csv:2 create the team on premium",
        "teams.csv:3 create the team on free",
        "users.csv:3 make manager",
        "wallets.csv:2 grant 1240 credits",
        "wallets.csv:3 grant 35 email_unlock",
        "wallets.csv:4 nothing left",
    ]
    assert said[9:11] == [
        "unlocks.csv:2 unlock @maro.sample, new here",
        "unlocks.csv:3 unlock @coffee.corner, new here",
    ]
    assert said[-1] == "Nothing was written: run again with --apply."
    assert count_rows() == before


def test_everything_is_brought_over(folder, db):
    began = timezone.now()
    said = run(folder(), apply=True)
    assert said[-1] == "Done."

    team = get_team()
    row = Subscription.objects.get(account__team=team)
    assert (row.provider, row.price_cents, row.interval, row.paid_until.date().isoformat()) == (
        "manual", 400_000, "year", "2035-06-30",
    )  # fmt: skip
    assert team.plan_version.plan.code == "premium"
    assert began - timedelta(seconds=1) <= team.billing_anchor_at <= timezone.now()
    people = Membership.objects.filter(team=team).order_by("id").values_list("user__email", "role", "state")
    assert list(people) == [
        ("nora@northwind.example", "owner", "active"), ("omar@northwind.example", "manager", "active"),
    ]  # fmt: skip
    with enter_team(team):
        assert compute_balance()["balance"] == 1_240 + 5_000  # this month's, and none before
        lots = Grant.objects.filter(origin="adjustment").order_by("id").values_list("source_key", "unit", "amount")
        assert list(lots) == [("import:w-1", "credits", 1_240), ("import:w-2", "email_unlock", 35)]
        assert Grant.objects.get(source_key="import:w-2").expires_at.isoformat() == "2035-01-01T00:00:00+00:00"
        bought = {one.profile.username: one for one in Unlock.objects.select_related("profile", "member")}
        assert not Entry.objects.filter(kind__in=["hold", "capture"]).exists()
    assert sorted(bought) == ["coffee.corner", "maro.sample"]
    assert bought["maro.sample"].member.email == "omar@northwind.example"
    assert bought["maro.sample"].created_at.isoformat() == "2025-11-03T09:30:00+00:00"
    assert (bought["coffee.corner"].member.email, bought["coffee.corner"].credits) == ("nora@northwind.example", 0)
    profile = Profile.objects.get(username="maro.sample")
    assert (profile.source, profile.refreshed_at, profile.synthetic) == ("import", None, False)
    assert get_team("Solo").plan_version.plan.code == "free"


def test_twice_is_nothing_new(folder, db):
    run(folder(), apply=True)
    before = count_rows()
    with enter_team(get_team()):
        entries = Entry.objects.count()

    said = run(folder(), apply=True)

    told = [line.split(" ", 1)[1] for line in said if re.match(r"\w+\.csv:\d", line)]
    assert told == ["known"] * 8 + ["nothing left"] + ["known"] * 2
    assert said[-6:] == [
        "teams.csv known: 2",
        "unlocks.csv known: 2",
        "users.csv known: 4",
        "wallets.csv known: 2",
        "wallets.csv nothing left: 1",
        "Done.",
    ]
    assert count_rows() == before
    with enter_team(get_team()):
        assert Entry.objects.count() == entries


def test_passwords_work_at_the_first_sign_in_and_unverified_addresses_ask_for_a_code(folder, db, api):
    hasher = BcryptHasher()
    hashed = hasher.encode("correct horse 9", hasher._load_library().gensalt(4)).removeprefix("bcrypt$")
    users = EXAMPLE["users.csv"].replace("$2b$04$abcdefghijklmnopqrstuuQ4HsKVFvhl0g4yZJhdmwi9FUhPpAcTW", hashed)
    run(folder(users=users), apply=True)

    nora = {"email": "nora@northwind.example", "password": "correct horse 9"}
    assert api().post("/api/v1/auth/login", nora).json()["teams"][0]["name"] == "Northwind"
    assert api().post("/api/v1/auth/login", {**nora, "password": "wrong horse 99"}).status_code == 401
    assert not User.objects.get(email="omar@northwind.example").has_usable_password()
    assert User.objects.get(email="omar@northwind.example").emailaddress_set.get().verified is False


def test_an_existing_account_and_its_free_team_are_linked_untouched(folder, make_user, make_team):
    lina = make_user("lina@solo.example", full_name="Lina Now")
    mine = make_team("free", owner=lina, name="Lina’s own")
    password = User.objects.get(pk=lina.pk).password
    users = (
        EXAMPLE["users.csv"]
        .replace("lina@solo", "LINA@Solo")
        .replace("Lina Solo,,", "Lina Solo,$2b$04$" + "a" * 53 + ",")
    )

    said = run(folder(users=users), apply=True)

    assert "users.csv:4 link the existing account" in said
    assert "teams.csv:3 link the owner's Free team" in said
    lina.refresh_from_db()
    assert (lina.password, lina.full_name) == (password, "Lina Now")
    assert Team.objects.filter(memberships__user=lina).get() == mine


def test_members_beyond_the_seats_are_suspended(folder, db):
    more = "".join(f"{number},p{number}@northwind.example,,,true,7,member\n" for number in range(200, 206))

    run(folder(users=EXAMPLE["users.csv"] + more), apply=True)

    states = Membership.objects.filter(team=get_team()).order_by("id").values_list("state", flat=True)
    assert list(states) == ["active"] * 5 + ["suspended"] * 3


HASH = "$2b$04$" + "a" * 53
HEAD = "id,email,full_name,password_hash,email_verified,team_id,role\n"
OWNERS = "101,a@x.example,,,,7,owner\n103,b@x.example,,,,8,owner\n"


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("users", HEAD + OWNERS + "104,a@x.example,,,,,\n", "users.csv:4 email.duplicate a@x.example"),
        ("users", HEAD + OWNERS + "101,c@x.example,,,,,\n", "users.csv:4 id.duplicate 101"),
        ("users", HEAD + OWNERS + "104,c@x.example,,,,7,owner\n", "users.csv:4 owner.duplicate 7"),
        ("users", HEAD + OWNERS + "104,c@x.example,,,,9,member\n", "users.csv:4 team.unknown 9"),
        ("users", HEAD + OWNERS + "104,c@x.example,,,,7,boss\n", "users.csv:4 role.unknown boss"),
        ("users", HEAD + OWNERS + "104,nobody,,,,,\n", "users.csv:4 email.invalid nobody"),
        ("users", HEAD + OWNERS + "104,c@x.example,,md5:abc,,,\n", "users.csv:4 password_hash.unsupported"),
        ("users", HEAD + OWNERS + "104,c@x.example,,,maybe,,\n", "users.csv:4 flag.invalid maybe"),
        ("users", HEAD + OWNERS + ",c@x.example,,,,,\n", "users.csv:4 id.invalid"),
        ("users", HEAD + OWNERS + "104,c@x.example\n", "users.csv:4 row.columns 2 instead of 7"),
        ("users", HEAD + OWNERS + "104,c@x.example," + "x" * 2_001 + ",,,,\n", "users.csv:4 field.too_long"),
        ("users", HEAD + OWNERS + "104,c@x.example," + "x" * 70_000 + ",,,,\n", "users.csv:4 row.too_long"),
        ("users", (HEAD + OWNERS).encode() + b"104,c@x.example,\xff\xfe,,,,\n", "users.csv:4 file.not_utf8"),
        ("users", HEAD + OWNERS + "104,c@x.example,\0,,,,\n", "users.csv:4 row.unreadable"),
        ("users", HEAD + OWNERS + '104,"c@x.example"x,,,,,\n', "users.csv:4 row.unreadable"),
        ("users", HEAD + OWNERS[: OWNERS.index("103")], "teams.csv:3 owner.missing 8"),
        ("users", "id,name\n1,x\n", "users.csv:1 file.columns_missing email"),
        ("users", "id,email,shoe_size\n", "users.csv:1 file.columns_unknown shoe_size"),
        ("users", "id,email,id\n", "users.csv:1 file.columns_repeated"),
        ("users", "", "users.csv:1 file.columns_missing email, id"),
        ("teams", "id,name,plan\n7,N,gold\n", "teams.csv:2 plan.unknown gold"),
        ("teams", "id,name,plan\n7,N,premium\n", "teams.csv:2 paid_until.missing"),
        ("teams", "id,name,plan,paid_until\n7,N,premium,2020-01-01\n", "teams.csv:2 paid_until.past 2020-01-01"),
        ("teams", "id,name,plan,paid_until\n7,N,premium,soon\n", "teams.csv:2 date.invalid soon"),
        ("teams", "id,name,plan,interval\n7,N,free,week\n", "teams.csv:2 interval.unknown week"),
        ("teams", "id,name,plan,price_cents\n7,N,free,-1\n", "teams.csv:2 price.negative -1"),
        ("teams", "id,name,plan\n7,,free\n", "teams.csv:2 name.invalid"),
        ("wallets", "id,team_id,amount\nw,7,-5\n", "wallets.csv:2 amount.negative -5"),
        ("wallets", "id,team_id,amount\nw,7,1.5\n", "wallets.csv:2 amount.invalid 1.5"),
        ("wallets", "id,team_id,amount\nw,9,5\n", "wallets.csv:2 team.unknown 9"),
        ("wallets", "id,team_id,amount,unit\nw,7,5,gold\n", "wallets.csv:2 unit.unknown gold"),
        ("wallets", "id,team_id,amount\nw,7,5\nw,7,5\n", "wallets.csv:3 id.duplicate w"),
        ("unlocks", "team_id,username\n7,not a name\n", "unlocks.csv:2 username.invalid not a name"),
        ("unlocks", "team_id,username\n7,maro\n7,@MARO\n", "unlocks.csv:3 unlock.duplicate 7 maro"),
        ("unlocks", "team_id,username,user_id\n7,maro,555\n", "unlocks.csv:2 user.unknown 555"),
    ],
)
def test_one_fault_anywhere_and_nothing_is_written(folder, db, file, text, fault):
    before = count_rows()

    said = run(folder(**{file: text}), apply=True)

    assert fault in {line.rstrip() for line in said} or any(line.startswith(fault) for line in said)
    assert said[-1].endswith("nothing was written.")
    assert count_rows() == before


def test_a_superadmin_is_no_customer(folder, make_user):
    make_user("omar@northwind.example", is_staff=True, is_superuser=True)

    assert run(folder(), apply=True)[0] == "users.csv:3 user.is_staff omar@northwind.example"


def test_a_bom_windows_line_ends_and_quoted_lines_are_fine(folder, db):
    users = "\ufeff" + EXAMPLE["users.csv"].replace("\n", "\r\n").replace("Nora North", '"Nora\r\nNorth, of Northwind"')

    said = run(folder(users=users.encode()), apply=True)

    assert said[-1] == "Done."
    assert User.objects.get(email="nora@northwind.example").full_name == "Nora\r\nNorth, of Northwind"


def test_an_empty_folder_and_none(tmp_path, db):
    assert run(tmp_path)[-1] == "1 faults; nothing was written."
    assert "is no folder" in run(tmp_path / "none")[-1]


class Killed(BaseException):
    """As if the process ended here."""


@pytest.mark.parametrize("after", [1, 4, 6, 7, 9, 10])
def test_interrupted_anywhere_it_goes_on(folder, db, after):
    path, said = folder(), []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == after:
            raise Killed

    with pytest.raises(Killed):
        import_customers(path, apply=True, say=say, progress=lambda _: None)
    assert run(path, apply=True)[-1] == "Done."

    team = get_team()
    with enter_team(team):
        assert (compute_balance()["balance"], Unlock.objects.count()) == (6_240, 2)
    assert (Team.objects.count(), Subscription.objects.count(), Membership.objects.filter(team=team).count()) == (
        2,
        1,
        2,
    )


def test_ten_thousand_rows_in_little_memory(folder, db):
    """A dry run: every row is checked, asked for and told, and none is kept."""
    rows = 10_000
    users = StringIO()
    writer = csv.writer(users)
    writer.writerow(["id", "email", "full_name"])
    for number in range(rows):
        writer.writerow([number, f"person{number}@many.example", "x" * 1_900])
    path = folder(users=users.getvalue(), teams=None, wallets=None, unlocks=None)
    told, progress = [], []
    connection.force_debug_cursor = False
    tracemalloc.start()

    report = import_customers(path, apply=False, say=lambda line: told.append(len(line)), progress=progress.append)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (report.done, len(told)) == ({"users.csv new": rows}, rows)
    assert progress[-1] == "10000 rows"
    assert peak < path.joinpath("users.csv").stat().st_size / 2
    assert importing.FAULTS_TOLD == 500
