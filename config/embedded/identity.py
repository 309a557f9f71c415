"""Under which user PostgreSQL runs: it refuses root.

Started by root, it becomes the owner of the checkout, else `postgres` or `nobody`. That user may be unable to reach a
checkout under, say, /root (mode 700). Nothing is chmod-ed for it: the process keeps one capability across the change
of user, CAP_DAC_READ_SEARCH (walk and read, not write), or CAP_DAC_OVERRIDE where only that is granted. Where the
kernel grants neither, the missing x bits of the folders above are added for others, and it is said which.
"""

import ctypes
import os
import pwd
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2
_PR_SET_SECUREBITS = 28
_SECBIT_NO_SETUID_FIXUP = 4
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True, slots=True)
class Identity:
    """The user that PostgreSQL runs as; None: the launcher's own."""

    uid: int
    gid: int
    capability: int | None = None

    def become(self) -> None:
        """Turn this (just forked) process into the user."""
        libc = ctypes.CDLL(None, use_errno=True)
        if self.capability is not None:
            # Keeps capabilities over setuid, and lets access(2), which PostgreSQL asks about its files, count them.
            _require(libc.prctl(_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
        os.setgroups([])
        os.setgid(self.gid)
        os.setuid(self.uid)
        if self.capability is not None:
            bit = 1 << self.capability
            header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
            _require(libc.capset(header, struct.pack("6I", bit, bit, bit, 0, 0, 0)))
            _require(libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, self.capability, 0, 0))


def _require(result: int) -> None:
    """A failure here must not leave a process with more rights than meant: the child is not started at all."""
    if result:
        raise OSError(ctypes.get_errno(), "the kernel refused to pass a capability on")


def find_identity(*, binaries: Path, data: Path, home: Path, tell: Callable[[str], None]) -> Identity | None:
    """Who is to run `binaries` on `data` (an existing folder, which is handed to that user). None: we, as we are."""
    if os.geteuid() != 0:
        return None
    account = _choose_account((data, home))
    hand_over(data, account.pw_uid, account.pw_gid)
    candidates: list[int | None] = [None]
    if sys.platform == "linux":
        candidates += [_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE]
    for capability in candidates:
        identity = Identity(account.pw_uid, account.pw_gid, capability)
        if _can_run(identity, binaries=binaries, data=data):
            return identity
    for folder in (binaries, *binaries.parents, *data.parents):
        if not folder.stat().st_mode & 0o001:
            tell(f"Letting other users walk through {folder} (chmod o+x), which PostgreSQL needs here.")
            folder.chmod(folder.stat().st_mode | 0o001)
    return Identity(account.pw_uid, account.pw_gid)


def hand_over(folder: Path, uid: int, gid: int) -> None:
    """Make the user own the folder and all in it: an earlier start may have been somebody else's."""
    if folder.stat().st_uid != uid or any(inner.lstat().st_uid != uid for inner in folder.iterdir()):
        for path in (folder, *folder.rglob("*")):
            os.chown(path, uid, gid, follow_symlinks=False)


def _choose_account(folders: Iterable[Path]) -> pwd.struct_passwd:
    """The first owner of these folders that is not root (the data, then the checkout), else a system account."""
    for owner in (folder.stat().st_uid for folder in folders):
        if owner == 0:
            continue
        try:
            return pwd.getpwuid(owner)
        except KeyError:
            continue
    for name in ("postgres", "nobody", "daemon"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    message = "PostgreSQL does not run as root, and this machine has no other account to run it as. Add one (useradd)."
    raise SystemExit(message)


def _can_run(identity: Identity, *, binaries: Path, data: Path) -> bool:
    """pg_config looks for itself the way the server does."""
    command = ["/bin/sh", "-c", 'cd "$1" && exec "$2" --bindir', "sh", str(data), str(binaries / "pg_config")]
    try:
        probe = subprocess.run(command, preexec_fn=identity.become, capture_output=True, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return probe.returncode == 0
