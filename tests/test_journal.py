"""The journal: what is shown as saved is on disk, the newest wins by the stated rule, nothing is destroyed."""

import json
import os
import resource
import signal
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workshop.errors import JournalError
from workshop.journal import Journal

FileSizeLimit = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def file_size_limit() -> Iterator[FileSizeLimit]:
    """Lets no file grow beyond a size, as a full disk would: the system writes what fits, then refuses."""
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    @contextmanager
    def limit(size: int) -> Iterator[None]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    yield limit
    signal.signal(signal.SIGXFSZ, old)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal.of(tmp_path, "ana", "1")


def lines(journal: Journal) -> list[dict[str, object]]:
    return [json.loads(line) for line in journal.path.read_text().splitlines()]


def test_an_answer_is_one_line_with_exercise_field_and_course_version(journal: Journal) -> None:
    journal.write("story", "situation", "We had 12 days.\nThen none.")
    (line,) = lines(journal)
    assert (line["exercise"], line["field"], line["value"], line["course"]) == (
        "story", "situation", "We had 12 days.\nThen none.", "1",
    )  # fmt: skip


def test_a_new_journal_on_the_same_file_finds_the_answers(journal: Journal) -> None:
    journal.write("story", "situation", "first")
    journal.write("story", "situation", "second")
    journal.write("story", "task", "mine")
    again = Journal(journal.path, "1")
    assert again.answers("story") == {"situation": "second", "task": "mine"}
    assert len(lines(journal)) == 3, "earlier answers stay in the file"


def test_opening_and_reading_write_nothing(journal: Journal) -> None:
    assert journal.answers("story") == {}
    assert not journal.path.exists()


def test_a_clock_that_jumps_back_does_not_bring_back_an_old_answer(tmp_path: Path) -> None:
    clock = iter([datetime(2026, 5, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)])
    journal = Journal.of(tmp_path, "ana", "1", now=lambda: next(clock))
    journal.write("story", "task", "before the jump")
    journal.write("story", "task", "after the jump")
    assert Journal(journal.path, "1").answers("story") == {"task": "after the jump"}


def test_two_windows_see_each_other_and_the_last_line_wins(journal: Journal) -> None:
    other = Journal(journal.path, "1")
    journal.write("story", "task", "from here")
    assert other.answers("story") == {"task": "from here"}
    other.write("story", "task", "from there")
    other.write("story", "result", "also there")
    assert journal.answers("story") == {"task": "from there", "result": "also there"}


def test_a_late_draft_does_not_replace_an_answer_given_after_it(journal: Journal) -> None:
    seen = journal.write("story", "task", "what the draft was typed over")
    journal.write("story", "task", "given meanwhile in another window")
    journal.append([journal.entry("story", "task", "the late draft", over=seen.id)])
    assert journal.answers("story") == {"task": "given meanwhile in another window"}
    assert "the late draft" in journal.path.read_text(), "kept, though not the newest"


def test_a_late_draft_over_what_is_still_the_newest_is_the_newest(journal: Journal) -> None:
    seen = journal.write("story", "task", "old")
    journal.append([journal.entry("story", "task", "typed while the kernel was gone", over=seen.id)])
    assert journal.answers("story") == {"task": "typed while the kernel was gone"}


def test_a_late_draft_over_nothing_yields_to_an_answer(journal: Journal) -> None:
    journal.write("story", "task", "given meanwhile")
    journal.append([journal.entry("story", "task", "late", over="")])
    assert journal.answers("story") == {"task": "given meanwhile"}


def test_the_same_entry_sent_twice_is_written_once(journal: Journal) -> None:
    entry = journal.entry("story", "task", "once", id="e1")
    journal.append([entry])
    journal.append([entry])
    Journal(journal.path, "1").append([entry])
    assert len(lines(journal)) == 1


@pytest.mark.parametrize(
    "torn", [b'{"id": "x", "exer', b"\xff\xfe\x00", b"[1, 2]\n", b"null\n", b'{"id": 3}\n', b"\xc3"]
)
def test_a_line_that_cannot_be_read_is_set_aside_and_reported(journal: Journal, torn: bytes) -> None:
    journal.write("story", "task", "safe")
    with journal.path.open("ab") as file:
        file.write(torn)
    again = Journal(journal.path, "1")
    assert again.answers("story") == {"task": "safe"}
    assert again.unreadable == [2]
    again.write("story", "result", "after the crash")
    third = Journal(journal.path, "1")
    assert third.answers("story") == {"task": "safe", "result": "after the crash"}
    assert third.unreadable == [2]
    assert torn.rstrip(b"\n") in journal.path.read_bytes(), "nothing is destroyed"


def test_answers_of_an_older_course_and_of_fields_long_gone_are_kept(journal: Journal) -> None:
    Journal(journal.path, "0").write("story", "moral", "an answer to a field that is no more")
    journal.write("story", "task", "new")
    assert journal.answers("story") == {"moral": "an answer to a field that is no more", "task": "new"}
    assert [line["course"] for line in lines(journal)] == ["0", "1"]


def test_a_key_from_a_later_version_does_no_harm(journal: Journal) -> None:
    journal.write("story", "task", "x")
    line = json.loads(journal.path.read_text())
    journal.path.write_text(json.dumps({**line, "mood": "fine"}) + "\n")
    assert Journal(journal.path, "1").answers("story") == {"task": "x"}


def test_a_journal_put_back_from_a_copy_is_read_anew(journal: Journal) -> None:
    journal.write("story", "task", "one")
    copy = journal.path.read_bytes()
    journal.write("story", "task", "two, a longer line than before")
    journal.path.write_bytes(copy)
    assert journal.answers("story") == {"task": "one"}


@contextmanager
def nobody() -> Iterator[None]:
    """Root may write anywhere; as nobody, it may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_said() -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.of(Path(folder), "ana", "1")
        journal.path.parent.mkdir()
        journal.path.parent.chmod(0o555)
        Path(folder).chmod(0o555)
        with nobody(), pytest.raises(JournalError, match="could not be saved.*may not be written to"):
            journal.write("story", "task", "x")
        assert not journal.path.exists()
        Path(folder).chmod(0o755)
        journal.path.parent.chmod(0o755)


def test_a_full_disk_is_said_with_the_fix_and_loses_nothing(journal: Journal, file_size_limit: FileSizeLimit) -> None:
    journal.write("story", "task", "safe")
    size = journal.path.stat().st_size
    with file_size_limit(size + 40), pytest.raises(JournalError, match="the disk is full.*free some space"):
        journal.write("story", "result", "this line fits only in part")
    assert journal.path.stat().st_size == size + 40, "the system wrote a part of the line"
    journal.write("story", "result", "there is room again")
    again = Journal(journal.path, "1")
    assert again.answers("story") == {"task": "safe", "result": "there is room again"}
    assert again.unreadable == [2]


def test_a_folder_where_the_journal_should_be_is_said_with_the_fix_and_stays(tmp_path: Path) -> None:
    place = tmp_path / "answers/me.jsonl"
    place.mkdir(parents=True)
    with pytest.raises(JournalError, match=r"me\.jsonl: a folder stands in its place\. To mend it: give that folder"):
        Journal.of(tmp_path, "me", "1").answers("story")
    assert place.is_dir()


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("in the way")
    with pytest.raises(JournalError, match="ana.jsonl"):
        Journal.of(tmp_path, "ana", "1").write("story", "task", "x")


@pytest.mark.parametrize("name", ["", "../me", "a b", "a/b", ".hidden", "x" * 65])
def test_a_participant_that_makes_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(JournalError, match="can't name a participant"):
        Journal.of(tmp_path, name, "1")


@pytest.mark.parametrize("name", ["me", "ana.b", "Zoë-2", "j@team"])
def test_participants_by_ordinary_names(tmp_path: Path, name: str) -> None:
    journal = Journal.of(tmp_path, name, "1")
    journal.write("story", "task", "x")
    assert journal.path.name == f"{name}.jsonl"


def test_only_its_owner_may_read_a_journal(journal: Journal) -> None:
    journal.write("story", "task", "private")
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


def test_a_line_that_another_window_is_still_writing_is_no_torn_line_for_good(journal: Journal) -> None:
    journal.write("story", "task", "safe")
    whole = (
        journal.path.read_bytes()
        .replace(b"safe", b"late")
        .replace(b'"task"', b'"result"')
        .replace(b'"id": "', b'"id": "x')
    )
    with journal.path.open("ab") as file:
        file.write(whole[:20])
        file.flush()
        assert journal.answers("story") == {"task": "safe"}
        assert journal.unreadable == [2]
        file.write(whole[20:])
    assert journal.answers("story") == {"task": "safe", "result": "late"}
    assert journal.unreadable == []


def test_cells_and_forms_may_use_one_journal_at_the_same_time(journal: Journal) -> None:
    """Forms answer on a thread of their own while cells run, so one journal is read and written at once."""
    troubles: list[Exception] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            try:
                journal.answers("story")
                journal.newest("story")
            except Exception as error:
                troubles.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    looking = [threading.Thread(target=look) for _ in range(2)]
    try:
        for thread in looking:
            thread.start()
        for n in range(300):
            journal.write("story", f"field {n}", "x" * 50)
    finally:
        done.set()
        sys.setswitchinterval(interval)
    for thread in looking:
        thread.join()
    assert troubles == []
    assert journal.unreadable == []
    assert len(journal.answers("story")) == 300
