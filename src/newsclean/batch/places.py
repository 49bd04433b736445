"""Where parts stand: in a folder, or in an object store."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

from newsclean.batch.config import need
from newsclean.batch.disk import commit, file_sha256
from newsclean.errors import ConfigurationError

__all__ = ["Folder", "Place", "Store", "place_of"]


_NO_FOLDERS: Final = ("s3", "gcs", "abfs")
"""Where a key needs no folder; to make one would leave an empty object."""


class Place(Protocol):
    """Parts by their names; all methods raise ``OSError``."""

    def size(self, name: str) -> int | None:
        """Bytes of a part, ``None`` where it is not there."""

    def sha256(self, name: str) -> str:
        """Hexadecimal SHA-256 of a part."""

    def put(self, part: Path, name: str) -> None:
        """Give a durable local file its final name, all at once; the file is gone then."""

    def move(self, old: str, new: str) -> None:
        """Rename a part."""

    def remove(self, name: str) -> None:
        """Remove a part."""

    def names(self) -> Iterator[str]:
        """Names of all parts."""

    def fetched(self, name: str) -> contextlib.AbstractContextManager[Path]:
        """A part as a local file, for the time of a ``with`` block."""


def place_of(folder: Path, store: str | None) -> Place:
    """The place at a URI such as ``s3://bucket/articles``, or the folder where there is none."""
    return Folder(folder) if store is None else Store(store)


class Folder:
    """A folder of a local or shared file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def size(self, name: str) -> int | None:
        """See :class:`Place`."""
        path = self._folder / name
        return path.stat().st_size if path.is_file() else None

    def sha256(self, name: str) -> str:
        """See :class:`Place`."""
        return file_sha256(self._folder / name)

    def put(self, part: Path, name: str) -> None:
        """See :class:`Place`."""
        commit(part, self._folder / name)

    def move(self, old: str, new: str) -> None:
        """See :class:`Place`."""
        commit(self._folder / old, self._folder / new)

    def remove(self, name: str) -> None:
        """See :class:`Place`."""
        (self._folder / name).unlink()

    def names(self) -> Iterator[str]:
        """See :class:`Place`."""
        return (path.name for path in self._folder.glob("part-*"))

    @contextlib.contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """See :class:`Place`."""
        yield self._folder / name


class Store:
    """An object store, by way of ``pyarrow.fs`` (S3, Google Cloud Storage, Azure, HDFS; ``file://`` too).

    An object appears with its last byte or not at all, so a part needs no temporary name there.
    """

    def __init__(self, uri: str) -> None:
        fs, pa = need("pyarrow.fs", "batch", "an object store"), need("pyarrow", "batch", "an object store")
        try:
            self._system, self._base = fs.FileSystem.from_uri(uri)
        except (pa.ArrowException, ValueError) as error:
            raise ConfigurationError(f"not an object store: {error}", input=uri) from error
        self._base = self._base.rstrip("/")
        self._fs = fs

    def _key(self, name: str) -> str:
        return f"{self._base}/{name}"

    def size(self, name: str) -> int | None:
        """See :class:`Place`."""
        size: int | None = self._system.get_file_info(self._key(name)).size
        return size

    def sha256(self, name: str) -> str:
        """See :class:`Place`."""
        digest = hashlib.sha256()
        with self._system.open_input_stream(self._key(name)) as stream:
            while data := stream.read(1 << 20):
                digest.update(data)
        return digest.hexdigest()

    def put(self, part: Path, name: str) -> None:
        """See :class:`Place`."""
        if self._system.type_name not in _NO_FOLDERS:
            self._system.create_dir(self._base, recursive=True)
        with part.open("rb") as file, self._system.open_output_stream(self._key(name)) as stream:
            while data := file.read(1 << 20):
                stream.write(data)
        part.unlink()

    def move(self, old: str, new: str) -> None:
        """See :class:`Place`."""
        self._system.move(self._key(old), self._key(new))

    def remove(self, name: str) -> None:
        """See :class:`Place`."""
        self._system.delete_file(self._key(name))

    def names(self) -> Iterator[str]:
        """See :class:`Place`."""
        infos: list[Any] = self._system.get_file_info(self._fs.FileSelector(self._base, allow_not_found=True))
        return (info.base_name for info in infos if info.base_name.startswith("part-"))

    @contextlib.contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """See :class:`Place`."""
        with tempfile.TemporaryDirectory(prefix="newsclean-") as folder:
            path = Path(folder, name)
            with self._system.open_input_stream(self._key(name)) as stream, path.open("wb") as file:
                while data := stream.read(1 << 20):
                    file.write(data)
            yield path
