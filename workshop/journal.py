"""A participant's answers: an append-only text file, one JSON object a line, never rewritten.

A line::

    {"id": "5f0c...", "at": "2026-03-02T09:30:00.125Z", "course": "1", "exercise": "story",
     "field": "situation", "value": "We had ...", "over": "c1d2..."}

**The rule.** The last line of a field holds its answer. The clock is written for people and decides nothing, so that
a clock that jumps can't bring back an old answer. One exception: an answer typed while the kernel was gone reaches
the file late. Its line says, in ``over``, which line its writer had last seen; if the field has moved on since
(another window answered), the late line is kept in the file and the newer answer stays.

Nothing is destroyed: every earlier answer, and answers to fields that the course no longer has, stay in the file.
A line that can't be read (a torn last line after a crash) is set aside, where it stands, and reported.
"""

import errno
import json
import os
import re
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from workshop.course import Value
from workshop.errors import JournalError

BINARY = getattr(os, "O_BINARY", 0)
"""Keeps Windows from turning line ends into two characters."""
NAME = re.compile(r"[\w][\w.@-]{0,63}")
CAUSES = {
    errno.ENOSPC: ("the disk is full", "free some space and try again"),
    errno.EDQUOT: ("your disk quota is used up", "free some space and try again"),
    errno.EROFS: ("the disk is read-only", "open the course in a folder that you may write to"),
    errno.EACCES: ("the folder may not be written to", "open the course in a folder that you may write to"),
    errno.EPERM: ("the folder may not be written to", "open the course in a folder that you may write to"),
    errno.EISDIR: ("a folder stands in its place", "give that folder another name and try again"),
    errno.ENOTDIR: ("a file stands in the place of its folder", "give that file another name and try again"),
}


@dataclass(frozen=True)
class Entry:
    """One line: an answer to one field of one exercise."""

    id: str
    at: str
    course: str
    exercise: str
    field: str
    value: Value
    over: str | None = None


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Journal:
    """The journal of one participant. ``now`` is the clock.

    Several processes may append to the same file, and several threads may use one journal: in a notebook the forms'
    messages come on one thread while the cells run on another.
    """

    def __init__(self, path: Path, course: str, now: Callable[[], datetime] = utc_now) -> None:
        self.path, self.course, self._now = path, course, now
        self._lock = threading.RLock()
        self._bad: list[int] = []
        self._torn: list[int] = []
        self._newest: dict[tuple[str, str], Entry] = {}
        """For each field that was answered, the line that holds its answer, in the order of these lines."""
        self._ids: set[str] = set()
        self._offset = self._lines = 0
        self._unflushed = False
        """The last attempt to write failed, perhaps after the system had taken the line and before it was on disk."""

    @classmethod
    def of(cls, folder: Path, participant: str, course: str, now: Callable[[], datetime] = utc_now) -> "Journal":
        """The journal of ``participant`` in a workspace; JournalError for a name that makes no file name."""
        if not NAME.fullmatch(participant):
            raise JournalError(
                f"{participant!r} can't name a participant. Use letters, digits, '-', '_', '.' and '@', without spaces."
            )
        return cls(folder / "answers" / f"{participant}.jsonl", course, now)

    @property
    def unreadable(self) -> list[int]:
        """The numbers of the lines that could not be read at the last look."""
        return self._bad + self._torn

    def answers(self, exercise: str) -> dict[str, Value]:
        """Every field that was ever answered, with its newest value; JournalError if the file can't be read."""
        with self._lock:
            self.refresh()
            return {field: entry.value for (name, field), entry in self._newest.items() if name == exercise}

    def newest(self, exercise: str) -> dict[str, str]:
        """For each answered field, the id of the line that holds its answer."""
        with self._lock:
            return {field: entry.id for (name, field), entry in self._newest.items() if name == exercise}

    def exercises(self) -> list[str]:
        """Every exercise that was ever answered, the one answered last first; JournalError as for ``answers``."""
        with self._lock:
            self.refresh()
            return list(dict.fromkeys(name for name, _ in reversed(self._newest)))

    def knows(self, id: str) -> bool:
        """Whether the file has a line of this id."""
        return id in self._ids

    def write(self, exercise: str, field: str, value: Value) -> Entry:
        """Append one answer."""
        entry = self.entry(exercise, field, value)
        self.append([entry])
        return entry

    def entry(self, exercise: str, field: str, value: Value, id: str = "", over: str | None = None) -> Entry:
        """A line for the file, stamped with the time now and a fresh id if it has none."""
        at = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return Entry(id or uuid.uuid4().hex, at, self.course, exercise, field, value, over)

    def append(self, entries: Iterable[Entry]) -> None:
        """Append answers and flush them to disk. When this returns, they are on disk; JournalError says why not.

        An entry whose id the file already has is passed over, so that a sender may repeat what it is unsure of.
        """
        with self._lock:
            self.refresh()
            fresh = [entry for entry in entries if entry.id not in self._ids]
            if not fresh and not self._unflushed:
                return
            data = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in fresh).encode()
            try:
                self._append(data)
            except OSError as error:
                raise _trouble("Your answer could not be saved", self.path, error) from error
            self.refresh()

    def refresh(self) -> None:
        """Read what has been appended since the last look, by this process or by another."""
        with self._lock:
            self._catch_up()

    def _catch_up(self) -> None:
        try:
            with self.path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._offset:  # put back from a copy: read it anew
                    self._newest, self._ids, self._bad = {}, set(), []
                    self._offset = self._lines = 0
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            return
        except OSError as error:
            raise _trouble("Your answers could not be read", self.path, error) from error
        complete, newline, tail = data.rpartition(b"\n")
        for raw in complete.split(b"\n") if newline else ():
            self._lines += 1
            self._read(raw)
        self._offset += len(complete) + len(newline)
        # Looked at anew each time: another window may only just be writing it.
        self._torn = [self._lines + 1] if tail and _entry(tail) is None else []

    def _read(self, raw: bytes) -> None:
        if not raw.strip():
            return
        entry = _entry(raw)
        if entry is None:
            self._bad.append(self._lines)
            return
        key = (entry.exercise, entry.field)
        current = self._newest.get(key)
        moved_on = entry.over is not None and current is not None and current.id != entry.over
        if entry.id not in self._ids and not moved_on:
            self._newest.pop(key, None)  # to the end, because it is the newest of all
            self._newest[key] = entry
        self._ids.add(entry.id)

    def _append(self, data: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # O_APPEND and a single write: lines of two windows never mix.
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | BINARY, 0o600)
        try:
            if os.fstat(handle).st_size:
                os.lseek(handle, -1, os.SEEK_END)
                if os.read(handle, 1) != b"\n":
                    data = b"\n" + data  # close the torn line, so that it spoils no other
            self._unflushed = True
            if os.write(handle, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
            self._unflushed = False
        finally:
            os.close(handle)


def _entry(raw: bytes) -> Entry | None:
    """The line as an entry; None if it is torn or foreign. Keys that a later version may add are passed over."""
    try:
        line = json.loads(raw)
        known: Mapping[str, object] = {key: line.get(key) for key in Entry.__dataclass_fields__}
    except (ValueError, AttributeError):
        return None
    if not all(isinstance(known[key], str) for key in ("id", "exercise", "field")):
        return None
    return Entry(**known)  # type: ignore[arg-type]


def _trouble(what: str, path: Path, error: OSError) -> JournalError:
    cause, fix = CAUSES.get(error.errno or 0, (error.strerror or str(error), "mend that and try again"))
    return JournalError(f"{what} in {path.parent.name}/{path.name}: {cause}. To mend it: {fix}.")
