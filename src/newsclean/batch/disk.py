"""Writing that survives a power cut, one run at a time, and sets larger than memory."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from newsclean.errors import ConfigurationError

__all__ = [
    "Distinct",
    "Seen",
    "commit",
    "file_sha256",
    "locked",
    "open_synced",
    "sync_file",
    "sync_folder",
    "write_json",
]


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    sync_file(folder)


def sync_file(path: Path) -> None:
    """Make what was written to ``path`` durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def open_synced(path: Path) -> Iterator[IO[bytes]]:
    """A new file for writing whose content is durable when the block is left."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def commit(temporary: Path, final: Path) -> None:
    """Give a durable file its final name, in one step that cannot be seen half done."""
    temporary.replace(final)
    sync_folder(final.parent)


def write_json(path: Path, value: Any) -> None:
    """Replace ``path`` by ``value`` as one line of JSON, durably."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with open_synced(temporary) as file:
        file.write(json.dumps(value, sort_keys=True).encode() + b"\n")
    commit(temporary, path)


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold ``path`` for this process; raises ``ConfigurationError`` where another one does. Ends with the process."""
    try:
        import fcntl
    except ImportError as error:
        raise ConfigurationError("batch runs need a system with file locks (Linux, macOS)") from error
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 100, 0).decode("ascii", "replace").strip()
            raise ConfigurationError(
                f"another run{f' (process {holder})' if holder else ''} is writing here; wait for it or end it",
                input=str(path.parent),
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


class Seen:
    """A set of texts on disk: memory stays the same however many there are."""

    def __init__(self, folder: Path) -> None:
        import sqlite3

        handle, name = tempfile.mkstemp(prefix="seen-", suffix=".sqlite", dir=folder)
        os.close(handle)
        self._path = Path(name)
        self._db = sqlite3.connect(name, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, value TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def add(self, text: str, value: str = "") -> str | None:
        """Add ``text``; the value it was first added with if it was there already, else ``None``."""
        key = hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).digest()
        if self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, value)).rowcount:
            return None
        found: str = self._db.execute("SELECT value FROM seen WHERE key = ?", (key,)).fetchone()[0]
        return found

    def close(self) -> None:
        """Remove it."""
        self._db.close()
        self._path.unlink(missing_ok=True)


class Distinct:
    """Counts how many different texts there were, in little memory: digests are spread over files on disk."""

    _FILES = 64
    _HELD = 4096

    def __init__(self, folder: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="distinct-", dir=folder)
        self._held: list[list[bytes]] = [[] for _ in range(self._FILES)]
        self.total = 0

    def add(self, text: str) -> None:
        """Count one text."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        bucket = self._held[digest[0] % self._FILES]
        bucket.append(digest)
        self.total += 1
        if len(bucket) >= self._HELD:
            self._spill(digest[0] % self._FILES)

    def _spill(self, number: int) -> None:
        with Path(self._folder.name, str(number)).open("ab") as file:
            file.write(b"".join(self._held[number]))
        self._held[number].clear()

    def count(self) -> int:
        """How many different ones; the counter is used up by it."""
        different = 0
        for number in range(self._FILES):
            path = Path(self._folder.name, str(number))
            data = path.read_bytes() if path.exists() else b""
            digests = {data[i : i + 16] for i in range(0, len(data), 16)}
            digests.update(self._held[number])
            different += len(digests)
        self._folder.cleanup()
        return different
