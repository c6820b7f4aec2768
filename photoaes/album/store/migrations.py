"""Ordered functions that bring a store up to date; the store's version counts those applied.

A migration that has been released is never changed: a new one is added behind it. It uses
`execute` alone, since `executescript` would commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from photoaes.album.store.database import transaction
from photoaes.album.store.first_schema import FIRST
from photoaes.errors import Sentence, StoreTooNew

Migration = Callable[[sqlite3.Connection], None]


def _create(connection: sqlite3.Connection) -> None:
    for statement in FIRST:
        connection.execute(statement)


def _give_profiles_a_readout(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE profiles ADD COLUMN readout TEXT NOT NULL DEFAULT '{}'")


_PICTURES = (
    # The coded picture without its metadata; NULL where none is found, and in older stores until
    # the file is read again.
    "ALTER TABLE photos ADD COLUMN picture BLOB",
    "CREATE INDEX photos_by_picture ON photos (picture)",
    # What the time was taken from, NULL for EXIF; what the photo looks like, where no time is;
    # which version of the reader has seen the file: lower ones are read again.
    "ALTER TABLE facts ADD COLUMN dated_by TEXT",
    "ALTER TABLE facts ADD COLUMN look BLOB",
    "ALTER TABLE facts ADD COLUMN reader INTEGER NOT NULL DEFAULT 0",
    # A photo that may be one that is missing, which has marks: only a person can tell.
    """
    CREATE TABLE doubts (
        photo INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE,
        earlier INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        CHECK (photo != earlier)
    ) STRICT
    """,
    "CREATE INDEX doubts_by_earlier ON doubts (earlier)",
    # Missing photos of which a person has said that another photo is not they.
    """
    CREATE TABLE settled_doubts (
        earlier INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE
    ) STRICT
    """,
)


def _tell_photos_by_their_pictures(connection: sqlite3.Connection) -> None:
    for statement in _PICTURES:
        connection.execute(statement)


_OUTSIDE = (
    # What other programs were last read to say of a photo, or what was last written for them, and
    # the sidecars' names, sizes and times by then. NULL: they said nothing.
    """
    CREATE TABLE outside (
        photo INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE,
        signature BLOB NOT NULL,
        stars INTEGER,
        flag TEXT,
        label TEXT,
        seen_at TEXT NOT NULL,
        is_ours INTEGER NOT NULL CHECK (is_ours IN (0, 1))
    ) STRICT
    """,
    # Changed here by a person and outside as well: only a person can tell which counts.
    """
    CREATE TABLE conflicts (
        photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        field TEXT NOT NULL CHECK (field IN ('stars', 'flag', 'label')),
        theirs ANY NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (photo, field)
    ) STRICT, WITHOUT ROWID
    """,
)


def _remember_the_outside(connection: sqlite3.Connection) -> None:
    for statement in _OUTSIDE:
        connection.execute(statement)


def _set_clocks(connection: sqlite3.Connection) -> None:
    # How many seconds are added to the times of a camera's photos, in an album.
    connection.execute(
        """
        CREATE TABLE clocks (
            folder BLOB NOT NULL,
            camera TEXT NOT NULL,
            seconds INTEGER NOT NULL,
            PRIMARY KEY (folder, camera)
        ) STRICT, WITHOUT ROWID
        """
    )


def _compare_similar_photos(connection: sqlite3.Connection) -> None:
    # How sharp it is at full size; by how many steps the exposure was off, and whether the camera
    # says that it is one of a bracket.
    connection.execute("ALTER TABLE facts ADD COLUMN fine REAL")
    connection.execute("ALTER TABLE facts ADD COLUMN bias REAL")
    connection.execute("ALTER TABLE facts ADD COLUMN is_bracket INTEGER NOT NULL DEFAULT 0")


def _keep_series_whole(connection: sqlite3.Connection) -> None:
    # Whether the file says that it is a part of a panorama, or of a bracket of any kind.
    connection.execute("ALTER TABLE facts ADD COLUMN is_series INTEGER NOT NULL DEFAULT 0")


def _count_faces(connection: sqlite3.Connection) -> None:
    # How many faces it shows, how many of them with closed eyes, and how many out of focus; NULL:
    # nobody has looked.
    connection.execute("ALTER TABLE facts ADD COLUMN faces INTEGER")
    connection.execute("ALTER TABLE facts ADD COLUMN closed_eyes INTEGER")
    connection.execute("ALTER TABLE facts ADD COLUMN soft_faces INTEGER")


def _note_changes(connection: sqlite3.Connection) -> None:
    # When the system noted the last change of the file; NULL until the next scan.
    connection.execute("ALTER TABLE photos ADD COLUMN changed_ns INTEGER")
    # Signatures of sidecars that were a photo's own: they may lie beside another now.
    connection.execute(
        "CREATE TABLE owned (signature BLOB NOT NULL, photo INTEGER NOT NULL REFERENCES photos "
        "ON DELETE CASCADE, PRIMARY KEY (signature, photo)) STRICT, WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX owned_by_photo ON owned (photo)")
    connection.execute(
        "INSERT INTO owned SELECT signature, photo FROM outside WHERE signature != x''"
    )


def _choose_among_many(connection: sqlite3.Connection) -> None:
    # One photo is better than several others: said at once, and taken back at once.
    for statement in (
        """
        CREATE TABLE choices_of_many (
            step INTEGER NOT NULL REFERENCES steps,
            better INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
            worse INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
            is_withdrawn INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (step, worse),
            CHECK (better != worse)
        ) STRICT
        """,
        "INSERT INTO choices_of_many (step, better, worse, is_withdrawn) "
        "SELECT step, better, worse, is_withdrawn FROM choices",
        "DROP TABLE choices",
        "ALTER TABLE choices_of_many RENAME TO choices",
        "CREATE INDEX choices_by_better ON choices (better)",
        "CREATE INDEX choices_by_worse ON choices (worse)",
    ):
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (
    _create,
    _give_profiles_a_readout,
    _tell_photos_by_their_pictures,
    _remember_the_outside,
    _set_clocks,
    _compare_similar_photos,
    _keep_series_whole,
    _count_faces,
    _note_changes,
    _choose_among_many,
)


def version(connection: sqlite3.Connection) -> int:
    """How many migrations the store has had; 0 for a new one."""
    [number] = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def migrate(
    connection: sqlite3.Connection,
    path: Path | None,
    migrations: Sequence[Migration],
    back_up: Callable[[], object],
) -> None:
    """Apply what is missing, each in one transaction with its number, after a backup.

    A new store has nothing to back up. If one migration raises, those before it stay. Raises
    StoreTooNew, with nothing touched, if the store has had more migrations than there are.
    """
    done = version(connection)
    if done > len(migrations):
        raise StoreTooNew(
            Sentence(
                "The ratings in {0} were last used by a newer photoaes (store version {1}, this "
                "program knows {2}). Nothing was changed. Install the newer version, or keep these "
                "ratings elsewhere and start with an empty folder.",
                path,
                done,
                len(migrations),
            ),
            path,
        )
    for number, migration in enumerate(migrations[done:], start=done + 1):
        if done:
            back_up()
        with transaction(connection, path):
            migration(connection)
            if not connection.in_transaction:
                raise RuntimeError(f"migration {number} has committed by itself")
            connection.execute(f"PRAGMA user_version = {number}")
