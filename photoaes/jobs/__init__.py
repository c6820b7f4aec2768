"""The straight line as jobs: generators of plain values, without Qt.

A job yields progress and notices while it works and returns its result; closing it cancels it.
torch is imported when a job starts, not before. Jobs never open the store: the caller saves.
"""

from photoaes.jobs.events import Events, Notice, Progress, ScoredPhoto
from photoaes.jobs.exporting import Files, export_photos, files_to_export
from photoaes.jobs.personalizing import (
    Measured,
    MeasuredAlbum,
    Personalization,
    measure_album,
    measured_album,
    personalize,
    suggest_photos,
)
from photoaes.jobs.ranking import RankResult, rank_album
from photoaes.jobs.reading import PhotoReading, find_photos, hash_photos, read_photos
from photoaes.jobs.taste_ranking import rank_by_profile, rank_by_taste

__all__ = [
    "Events",
    "Files",
    "Measured",
    "MeasuredAlbum",
    "Notice",
    "Personalization",
    "PhotoReading",
    "Progress",
    "RankResult",
    "ScoredPhoto",
    "export_photos",
    "files_to_export",
    "find_photos",
    "hash_photos",
    "measure_album",
    "measured_album",
    "personalize",
    "suggest_photos",
    "rank_album",
    "rank_by_profile",
    "rank_by_taste",
    "read_photos",
]
