"""Photos that are nearly equal to look at: saved again, resized, forwarded by a messenger.

What the cameras of two photos say of their times is better evidence than their looks, so of each
pair one at least was not dated by its camera.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

COPY_LOOK = 0.95  # correlation
NEIGHBOURS = 20  # of one signature among photos without a time
_LOOK = 256
_MOST, _AT_ONCE = 256, 2_000_000  # photos that one without a time is compared with; pairs in all
_PARTS = 4

Pairs = NDArray[np.int64]
Looks = NDArray[np.float32]
Bytes = NDArray[np.uint8]


def standard_looks(looks: Sequence[bytes | None]) -> Looks:
    """Rows [M, 256] of mean 0 and length 1, of what `look` has made; zeros for None."""
    table = np.zeros((len(looks), _LOOK), dtype=np.float32)
    known = [row for row, one in enumerate(looks) if one is not None and len(one) == _LOOK]
    table[known] = _standard(_table([looks[row] or b"" for row in known]))
    return table


def copies(looks: Sequence[bytes], is_dated: NDArray[np.bool_]) -> Pairs:
    """Pairs [P, 2] of places in `looks` [N], of which one at least is not dated by its camera.

    One without a time goes with the one dated photo that is most like it: of a camera on a tripod
    it is a copy of one exposure and not of all. These pairs come first.
    """
    table = _table(looks)
    said, others = np.flatnonzero(is_dated), np.flatnonzero(~is_dated)
    if not len(others):
        return np.zeros((0, 2), dtype=np.int64)
    among = others[similar_looks(_standard(table[others]))]
    return np.concatenate([_forwards(table, said, others), among])


def similar_looks(looks: Looks) -> Pairs:
    """Pairs [P, 2] of rows [N, 256] of `standard_looks` that are nearly equal.

    Compared are those that agree in one of four quarters of a coarse signature: what was saved
    again or resized does, and 100,000 photos take seconds.
    """
    keys = _keys(looks)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for key in keys:
        order = np.argsort(key, kind="stable")
        for step in range(1, NEIGHBOURS + 1):
            first, second = order[:-step], order[step:]
            same = key[first] == key[second]
            if not same.any():
                break
            first, second = first[same], second[same]
            like = np.einsum("ij,ij->i", looks[first], looks[second]) >= COPY_LOOK
            found.append(np.stack([first[like], second[like]], axis=1))
    return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)


def _forwards(table: Bytes, said: Pairs, others: Pairs) -> Pairs:
    """Each photo without a time with the dated one that it is a copy of."""
    best = np.full(len(others), -1, dtype=np.int64)
    most = np.full(len(others), COPY_LOOK, dtype=np.float32)
    looks = _standard(table[others])
    steps = int(np.clip(_AT_ONCE // max(len(others), 1), NEIGHBOURS, _MOST))
    for key, own in zip(_keys(table[said]), _keys(table[others]), strict=True):
        order = np.argsort(key, kind="stable")
        start, end = (np.searchsorted(key[order], own, side) for side in ("left", "right"))
        for step in range(steps):
            open_ = np.flatnonzero(start + step < end)
            if not len(open_):
                break
            dated = said[order[start[open_] + step]]
            like = np.einsum("ij,ij->i", looks[open_], _standard(table[dated]))
            better = like > most[open_]
            most[open_[better]], best[open_[better]] = like[better], dated[better]
    return np.stack([best[best >= 0], others[best >= 0]], axis=1)


def _table(looks: Sequence[bytes]) -> Bytes:
    return np.frombuffer(b"".join(looks), dtype=np.uint8).reshape(-1, _LOOK)


def _standard(table: Bytes) -> Looks:
    rows = table.astype(np.float32)
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1.0)
    return rows


def _keys(looks: Bytes | Looks) -> list[NDArray[np.int64]]:
    """Of rows [N, 256] the four quarters of a signature, each [N]."""
    coarse = looks.reshape(-1, 8, 2, 8, 2).mean(axis=(2, 4), dtype=np.float32).reshape(-1, 64)
    bits = np.packbits(coarse > np.median(coarse, axis=1, keepdims=True), axis=1)
    return [
        bits[:, 2 * part].astype(np.int64) << 8 | bits[:, 2 * part + 1] for part in range(_PARTS)
    ]
