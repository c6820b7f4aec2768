"""Jobs that use the store: it is lent to them, and threads take turns at it.

`albums` opens, reads and rates; `marking` marks and takes back; `tastes` learns and ranks. The
window and the command line share them. Closing a job cancels; what was saved until then stays, and
the next time goes on from there.
"""

from photoaes.steps.albums import (
    AlbumView,
    Found,
    Job,
    OpenedAlbum,
    best_of_bursts,
    known_photos,
    open_album,
    open_view,
    rate_photos,
    read_album,
    scores_by_path,
    stars_to_fill,
)
from photoaes.steps.earlier import stars_of_earlier_albums
from photoaes.steps.keeping import keep_scored, keep_seen, receipt_of
from photoaes.steps.marking import Marked, mark_photos, marked_since, travel, with_marks
from photoaes.steps.measuring import measured_once
from photoaes.steps.missing import find_missing, forget_missing
from photoaes.steps.tastes import (
    LearnedAlbum,
    Ranking,
    apply_taste,
    learn_again,
    learn_taste,
    lesson_of,
    ranking_of,
)

__all__ = [
    "AlbumView",
    "Found",
    "Job",
    "LearnedAlbum",
    "Marked",
    "OpenedAlbum",
    "Ranking",
    "apply_taste",
    "best_of_bursts",
    "find_missing",
    "forget_missing",
    "keep_scored",
    "keep_seen",
    "known_photos",
    "learn_again",
    "learn_taste",
    "lesson_of",
    "mark_photos",
    "marked_since",
    "measured_once",
    "open_album",
    "open_view",
    "ranking_of",
    "rate_photos",
    "read_album",
    "receipt_of",
    "scores_by_path",
    "stars_of_earlier_albums",
    "stars_to_fill",
    "travel",
    "with_marks",
]
