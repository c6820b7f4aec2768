"""Score databases (photo, mean score) and rater tables (person, photo, rating).

Plain CSV by `read_scores` and `read_ratings`; the published ones, in their own layouts, a module
each, by name in `catalogue`.
"""

from photoaes.offline.databases.plain import read_column, read_ratings, read_scores
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase
from photoaes.offline.databases.tables import read_table

__all__ = [
    "RaterTable",
    "ScoreDatabase",
    "read_column",
    "read_ratings",
    "read_scores",
    "read_table",
]
