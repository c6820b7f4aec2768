"""The store's tables as its first version had them: what `migrations` begin with, never changed."""

from __future__ import annotations

APPLICATION_ID = 0x50684165  # "PhAe", in the file's header: whose database this is

FIRST = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    # One thing done at once, and undone at once. `seq` is the order; the clock may go backwards.
    """
    CREATE TABLE steps (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        done_at TEXT NOT NULL,
        kind TEXT NOT NULL
            CHECK (kind IN ('person', 'import', 'copied', 'machine', 'undo', 'redo')),
        source TEXT NOT NULL,
        is_undoable INTEGER NOT NULL CHECK (is_undoable IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'abandoned')),
        about INTEGER REFERENCES steps
    ) STRICT
    """,
    "CREATE INDEX steps_to_undo ON steps (seq) WHERE is_undoable AND state = 'done'",
    "CREATE INDEX steps_to_redo ON steps (seq) WHERE state = 'undone'",
    # Paths are bytes: names need not be valid UTF-8. AUTOINCREMENT: a purged photo's number,
    # which scores refer to, is never given to another. `version` rises when the content changes.
    # NULL stars, flag or label: nothing was ever said; 0, 'none' and '' were said.
    """
    CREATE TABLE photos (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        hash BLOB,
        version INTEGER NOT NULL DEFAULT 1,
        missing_since TEXT,
        stars INTEGER CHECK (stars BETWEEN 0 AND 5),
        stars_step INTEGER REFERENCES steps,
        flag TEXT CHECK (flag IN ('none', 'pick', 'reject')),
        flag_step INTEGER REFERENCES steps,
        label TEXT,
        label_step INTEGER REFERENCES steps,
        CHECK ((stars IS NULL) = (stars_step IS NULL)),
        CHECK ((flag IS NULL) = (flag_step IS NULL)),
        CHECK ((label IS NULL) = (label_step IS NULL))
    ) STRICT
    """,
    # A missing photo's path may be taken by another file.
    "CREATE UNIQUE INDEX photos_by_path ON photos (path) WHERE missing_since IS NULL",
    "CREATE INDEX photos_missing ON photos (path) WHERE missing_since IS NOT NULL",
    "CREATE INDEX photos_by_hash ON photos (hash)",
    # The history of marks. `old_step` is who had set the old value; `source` the sidecar or photo.
    """
    CREATE TABLE changes (
        step INTEGER NOT NULL REFERENCES steps,
        photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        field TEXT NOT NULL CHECK (field IN ('stars', 'flag', 'label')),
        old ANY,
        old_step INTEGER,
        new ANY,
        source TEXT,
        PRIMARY KEY (step, photo, field)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX changes_by_photo ON changes (photo)",
    """
    CREATE TABLE choices (
        step INTEGER PRIMARY KEY REFERENCES steps,
        better INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        worse INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        is_withdrawn INTEGER NOT NULL DEFAULT 0,
        CHECK (better != worse)
    ) STRICT
    """,
    "CREATE INDEX choices_by_better ON choices (better)",
    "CREATE INDEX choices_by_worse ON choices (worse)",
    # What the files say, kept so that an unchanged album opens without reading them.
    """
    CREATE TABLE facts (
        photo INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE,
        taken REAL,
        camera TEXT,
        is_upright INTEGER NOT NULL,
        sharpness REAL
    ) STRICT
    """,
    """
    CREATE TABLE profiles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        learned_at TEXT NOT NULL,
        bank TEXT NOT NULL,
        bank_digest TEXT NOT NULL,
        seed INTEGER NOT NULL,
        coefficients TEXT NOT NULL,
        support TEXT NOT NULL,
        agreement TEXT NOT NULL
    ) STRICT
    """,
    # profile NULL: the general score.
    """
    CREATE TABLE score_sets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        bank_digest TEXT NOT NULL,
        profile INTEGER REFERENCES profiles ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE UNIQUE INDEX score_sets_by_name ON score_sets (bank_digest, ifnull(profile, 0))",
    "CREATE INDEX score_sets_by_profile ON score_sets (profile)",
    # No reference to photos: it would cost an index on 100,000 rows a set.
    """
    CREATE TABLE scores (
        score_set INTEGER NOT NULL REFERENCES score_sets ON DELETE CASCADE,
        photo INTEGER NOT NULL,
        version INTEGER NOT NULL,
        score REAL NOT NULL,
        PRIMARY KEY (score_set, photo)
    ) STRICT, WITHOUT ROWID
    """,
)
