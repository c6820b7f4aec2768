"""The straight line as jobs, a file a verb: generators of plain values, without Qt.

    open_album     a folder's photos known to the store
    read_album     by `read`: dates and cameras, marks of other programs, taken over
    mark           stars, flags and labels, undo
    write_back     marks into sidecars, remembered; `settle` answers what only a person can tell
    measure        a photo's features, once; kept as they come
    lesson         what to learn from: stars, pairs, earlier albums
    learn_taste    the album learned and ranked for the window, by `learn` and `personalize`
    rank           what came of it, for the command line; `rank_paper` is the paper's way, and
                   `learn_paper` keeps what it learned
    survey         general scores some photos at a time, in the background
    score          the merged model's own scores; `recall` has those of the same taste again
    apply_profile  an album scored by what was learned before
    keep           a taste as a profile, its scores, what was seen
    choose         the best of bursts, seen closely by `compare`; scores as stars
    export         chosen photos as files; `sidecars` writes marks beside the originals
    move_away      rejected photos into another folder, and back
    banks          banks and devices at hand; `missing` photos; the `sample` album
    events         what a job says while it works

A job yields progress and notices while it works and returns its result; closing it cancels it, and
what was saved until then stays. torch is imported when a job starts, not before. Jobs never open
the store: it is lent to those that keep something, and threads take turns at it.
"""
