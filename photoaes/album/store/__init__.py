"""The store: what the user has said about photos, and what was learned, in one SQLite file.

`opening` opens it; `sync` makes photos known; `rating_log`, `undo` and `marks_import` hold marks;
`profiles` and `scores` what was learned. What can be made again lies apart, in `feature_cache`.
"""
