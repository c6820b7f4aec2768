"""The merged model's scores, kept with the features: the same taste need not look again.

Of each photo the last one alone, beside a number that stands for the taste that gave it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photoaes.album.store.feature_cache import MERGED, FeatureCache
from photoaes.jobs.personalize import Personalization

if TYPE_CHECKING:
    from photoaes.model.taste.readout import Readout

DIGITS = 5  # of a weight: what comes out of the same stars on the same machine


def recalled(
    cache: FeatureCache, digest: str, versions: Mapping[Path, bytes], readout: Readout
) -> dict[Path, float]:
    """Scores that this taste gave before, by photo."""
    paths = list(versions)
    found, rows = cache.load(digest, MERGED, [versions[path] for path in paths])
    present = [path for path, is_there in zip(paths, found, strict=True) if is_there]
    taste = _number(readout)
    return {
        path: float(score)
        for path, (number, score) in zip(present, rows.tolist(), strict=True)
        if number == taste
    }


def remember_scores(
    cache: FeatureCache, digest: str, versions: Mapping[Path, bytes], taste: Personalization
) -> None:
    """Keep the merged model's scores for next time."""
    number = _number(taste.readout)
    scored = zip(taste.paths, taste.scores.tolist(), strict=True)
    rows = [
        (versions[path], np.array([number, score])) for path, score in scored if path in versions
    ]
    cache.save(digest, MERGED, rows)


def _number(readout: Readout) -> float:
    """48 bits of a hash over the taste, which a double holds exactly."""
    said = readout.as_json()
    features = {
        name: np.round(weights, DIGITS).tolist() for name, weights in said["features"].items()
    }
    plain = [round(said["constant"], 3), round(said["score"], DIGITS), features]
    digest = hashlib.sha256(json.dumps(plain).encode()).digest()
    return float(int.from_bytes(digest[:6], "little"))
