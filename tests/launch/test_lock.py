"""One launcher for one data folder."""

import threading
import time

import pytest

from config.launch.lock import FolderLock


def test_a_second_launcher_is_refused_and_told_who_runs(tmp_path, capsys):
    first = FolderLock(tmp_path, what="The product")
    first.take()

    with pytest.raises(SystemExit) as stopped:
        FolderLock(tmp_path, what="The product").take()

    assert stopped.value.code == 1
    assert "The product already runs in this checkout (process " in capsys.readouterr().err


def test_it_waits_for_one_that_is_stopping(tmp_path):
    first = FolderLock(tmp_path, what="The product")
    first.take()
    first.tell_stopping()
    second = FolderLock(tmp_path, what="The product")
    thread = threading.Thread(target=second.take)
    thread.start()
    time.sleep(0.3)
    assert thread.is_alive()

    first.release()
    thread.join(5)

    assert not thread.is_alive()


def test_what_a_killed_launcher_wrote_is_in_nobodys_way(tmp_path):
    (tmp_path / "lock").write_text("99999 running")

    FolderLock(tmp_path, what="The product").take()
