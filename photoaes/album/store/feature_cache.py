"""Features and gradients that took a model to make, kept for next time. Safe to delete.

A file of its own, in the cache folder: large, and nothing in it is the user's. A damaged or foreign
one is thrown away. Rows are arrays of equal length for each bank and kind: TANGENT, what
`model.taste.tangent` measures, EMBEDDING, the features of the model that scored last, good enough
to tell what looks alike, and MERGED, a merged model's score beside the number of its taste.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo
from photoaes.album.store.database import connect, placeholders, sentences, spared, transaction
from photoaes.album.store.identity import path_key
from photoaes.album.store.opening import Store
from photoaes.errors import DiskFull, PhotoaesError, StoreDamaged
from photoaes.new_files import beside_database
from photoaes.plain_files import is_own_file

log = logging.getLogger(__name__)
FILE_NAME = "features.db"  # in settings.cache_folder()
TANGENT, EMBEDDING, MERGED = "tangent", "embedding", "merged"
_VERSION = 1
_SEAL = 4  # bytes behind each array
_AT_ONCE = 500
_SCHEMA = (
    "CREATE TABLE shelves (id INTEGER PRIMARY KEY, bank_digest TEXT NOT NULL, kind TEXT NOT NULL, "
    "dtype TEXT NOT NULL, length INTEGER NOT NULL, UNIQUE (bank_digest, kind)) STRICT",
    "CREATE TABLE arrays (shelf INTEGER NOT NULL REFERENCES shelves ON DELETE CASCADE, "
    "photo BLOB NOT NULL, data BLOB NOT NULL, PRIMARY KEY (shelf, photo)) STRICT",
    f"PRAGMA user_version = {_VERSION}",
)


def photo_versions(store: Store) -> dict[int, bytes]:
    """Of each hashed photo, by its number: 24 bytes that are the same for moved files and copies.

    The time is in it: a quick hash does not see every edit.
    """
    rows = store.rows("SELECT id, hash, mtime_ns FROM photos WHERE hash IS NOT NULL")
    return {number: version_of(digest, mtime_ns) for number, digest, mtime_ns in rows}


def photo_version(store: Store, photo: Photo) -> bytes | None:
    """Of one photo; None if it has changed since the scan, or has no hash."""
    rows = store.rows(
        "SELECT hash, mtime_ns FROM photos WHERE path = ? AND missing_since IS NULL "
        "AND size = ? AND mtime_ns = ? AND hash IS NOT NULL",
        (path_key(photo.at), photo.size, photo.mtime_ns),
    )
    return version_of(*rows[0]) if rows else None


def version_of(digest: bytes, mtime_ns: int) -> bytes:
    """What a photo of this content hash and time is kept under."""
    return digest + mtime_ns.to_bytes(8, "little", signed=True)


def content_of(version: bytes) -> bytes:
    """The content hash that a photo's version begins with."""
    return version[:16]


class FeatureCache:
    """An open cache; `with` closes it. One file for all albums; open it under the store's lock."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._turn = RLock()
        self._connection = _healed(path)

    def save(
        self, bank_digest: str, kind: str, rows: Iterable[tuple[bytes, NDArray[np.generic]]]
    ) -> None:
        """Keep an array [d] for each photo version, in one transaction.

        A shelf whose arrays had another type or length is emptied first. On a full disk nothing is
        kept; what was there is still there.
        """
        rows = list(rows)
        if not rows:
            return
        with self._turn, spared():
            try:
                self._insert(bank_digest, kind, rows)
            except StoreDamaged:
                self._heal()
                self._insert(bank_digest, kind, rows)

    def _insert(
        self, bank_digest: str, kind: str, rows: Sequence[tuple[bytes, NDArray[np.generic]]]
    ) -> None:
        first = rows[0][1]
        with transaction(self._connection, self._path):
            shelf = self._made_shelf(bank_digest, kind, first.dtype.str, len(first))
            self._connection.executemany(
                "INSERT OR REPLACE INTO arrays (shelf, photo, data) VALUES (?, ?, ?)",
                ((shelf, photo, _sealed(_bytes(array, first))) for photo, array in rows),
            )

    def _heal(self) -> None:
        """Nothing in it is anybody's word: a damaged one is thrown away and made anew."""
        log.warning("%s was damaged; what it held is measured again.", self._path)
        self._connection.close()
        _delete(self._path)
        self._connection = _healed(self._path)

    def load(
        self, bank_digest: str, kind: str, hashes: Sequence[bytes]
    ) -> tuple[NDArray[np.bool_], NDArray[np.generic]]:
        """Which photo versions there are [N], and the arrays of those, in order, [M, d]."""
        with self._turn:
            try:
                return self._loaded(bank_digest, kind, hashes)
            except (StoreDamaged, TypeError, ValueError):  # rows of no such type or length
                self._heal()
                return np.zeros(len(hashes), dtype=bool), np.empty((0, 0), dtype=np.float32)

    def _loaded(
        self, bank_digest: str, kind: str, hashes: Sequence[bytes]
    ) -> tuple[NDArray[np.bool_], NDArray[np.generic]]:
        found = np.zeros(len(hashes), dtype=bool)
        with sentences(self._path):
            shelf = self._shelf(bank_digest, kind)
            if shelf is None:
                return found, np.empty((0, 0), dtype=np.float32)
            number, dtype, length = shelf
            size = np.dtype(dtype).itemsize * length
            # Filled as it is read: of a large album's table there is never a second one.
            table, count = np.empty((len(hashes), length), dtype=dtype), 0
            is_damaged = False
            for start in range(0, len(hashes), _AT_ONCE):
                part = hashes[start : start + _AT_ONCE]
                data = self._data(number, part)
                for index, photo in enumerate(part, start):
                    array = _whole(data.get(photo, b""), dtype, size)
                    if array is not None:
                        found[index] = True
                        table[count] = array
                        count += 1
                    is_damaged = is_damaged or (array is None and photo in data)
        if is_damaged:
            log.warning("%s was damaged; what it held there is measured again.", self._path)
        return found, table[:count]

    def close(self) -> None:
        """Close the cache's file."""
        self._connection.close()

    def __enter__(self) -> FeatureCache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _data(self, shelf: int, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        return dict(
            self._connection.execute(
                "SELECT photo, data FROM arrays "
                f"WHERE shelf = ? AND photo IN ({placeholders(hashes)})",
                (shelf, *hashes),
            )
        )

    def _shelf(self, bank_digest: str, kind: str) -> tuple[int, str, int] | None:
        row: tuple[int, str, int] | None = self._connection.execute(
            "SELECT id, dtype, length FROM shelves WHERE bank_digest = ? AND kind = ?",
            (bank_digest, kind),
        ).fetchone()
        return row

    def _made_shelf(self, bank_digest: str, kind: str, dtype: str, length: int) -> int:
        shelf = self._shelf(bank_digest, kind)
        if shelf is not None and shelf[1:] == (dtype, length):
            return shelf[0]
        if shelf is not None:
            self._connection.execute("DELETE FROM shelves WHERE id = ?", (shelf[0],))
        number = self._connection.execute(
            "INSERT INTO shelves (bank_digest, kind, dtype, length) VALUES (?, ?, ?, ?)",
            (bank_digest, kind, dtype, length),
        ).lastrowid
        assert number is not None
        return number


def _healed(path: Path | None) -> sqlite3.Connection:
    """Open it; a damaged or foreign one, or what is no file at all, gives way to a new one. Where
    none can be, it is kept in memory: what it would hold is measured again."""
    try:
        if path is not None and not all(map(_is_ours, (path, *beside_database(path)))):
            raise StoreDamaged(f"{path} is no file of its own.", path)
        return _opened(path)
    except (StoreDamaged, sqlite3.DatabaseError):
        log.warning("%s was damaged; what it held is measured again.", path)
        _delete(path)
    except PhotoaesError as problem:
        log.warning("Nothing is kept for next time: %s", problem)
        return _opened(None)
    try:
        return _opened(path)
    except (PhotoaesError, sqlite3.DatabaseError) as problem:
        log.warning("Nothing is kept for next time: %s", problem)
        return _opened(None)


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PhotoaesError(
                f"The cache folder {path.parent} cannot be made: {error.strerror}.", path.parent
            ) from error
    # Not durable: what a power cut takes is made again.
    try:
        connection = connect(path, is_durable=False)
    except DiskFull:  # what is in it can be read
        connection = connect(path, is_durable=False, is_alone=True)
    try:
        with sentences(path):
            connection.execute("PRAGMA journal_mode = WAL")
            [version] = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise StoreDamaged(f"{path} is of another version.", path)
        if version == 0:
            with transaction(connection, path), closing(connection.cursor()) as cursor:
                for statement in _SCHEMA:
                    cursor.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_ours(path: Path) -> bool:
    """Not a link to, or another name of, what SQLite would write into."""
    try:
        return is_own_file(path)
    except OSError:  # whoever opens it says so
        return True


def _delete(path: Path | None) -> None:
    if path is not None:
        for one in (*beside_database(path), path):
            if one.is_dir() and not one.is_symlink():
                continue  # somebody's folder; without the file it is kept in memory
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)


def _sealed(data: bytes) -> bytes:
    """With a checksum behind it: SQLite sees damage of its own pages' heads alone."""
    return data + zlib.crc32(data).to_bytes(_SEAL, "little")


def _whole(data: bytes, dtype: str, size: int) -> NDArray[np.generic] | None:
    """The array, if nothing of it is damaged; an older photoaes has put no seal on it."""
    if len(data) == size + _SEAL and _sealed(data[:size]) != data:
        return None
    if len(data) not in (size, size + _SEAL):
        return None
    array = np.frombuffer(data[:size], dtype=dtype)
    is_number = np.issubdtype(array.dtype, np.floating)
    return array if len(data) > size or not is_number or np.isfinite(array).all() else None


def _bytes(array: NDArray[np.generic], like: NDArray[np.generic]) -> bytes:
    if array.dtype != like.dtype or array.shape != like.shape or array.ndim != 1:
        raise ValueError("arrays of one kind have one type and length")
    return array.tobytes()
