"""Where faces are: BlazeFace, full range (Bazarevsky et al. 2019), in MediaPipe's form.

One pass over the whole photo sees faces from about a twentieth of its longer side on; passes over
parts of it see smaller ones, as in a photo of a group.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from photoaes.model.faces.network import Network

SIZE, _CELLS = 192, 48
# Of 196 faces in 971 photos with at least so much, four of the 112 least certain are none: a dog, a
# trunk, a wheel and a target.
LEAST_CERTAIN = 0.6
_SAME_FACE = 0.3  # intersection over union
_LIMIT = 100.0  # of logits
_PARTS, _PART = (
    3,
    0.42,
)  # each way; of each side: a face of a fifth of a part is whole in one of them
_CUT = 0.02  # of a part's side: a face that comes so near to a cut may go on beyond it


@dataclass(frozen=True)
class Place:
    """`box` [2, 2] are the left upper and right lower corner, `points` [6, 2] right eye, left eye,
    nose, mouth and ears; x and y in the photo's pixels. `certainty` is 0..1."""

    box: NDArray[np.float64]
    points: NDArray[np.float64]
    certainty: float

    @property
    def size(self) -> float:
        """The width of the face's box, in pixels."""
        return float(self.box[1, 0] - self.box[0, 0])


def faces_in(image: Image.Image, detector: Network) -> list[Place]:
    """The faces of an upright RGB photo, the most certain first."""
    shown, scale, corner = _letterboxed(image)
    values = torch.from_numpy(np.asarray(shown, dtype=np.float32) / 127.5 - 1)
    rows, logits = detector(values.permute(2, 0, 1)[None])
    certain = torch.sigmoid(logits[0, :, 0].clamp(-_LIMIT, _LIMIT)).numpy().astype(np.float64)
    found = np.flatnonzero(certain >= LEAST_CERTAIN)
    cells = np.stack([found % _CELLS, found // _CELLS], axis=1) + 0.5
    values_of = rows[0].numpy()[found].astype(np.float64).reshape(-1, 8, 2) / SIZE
    centre, size = values_of[:, 0] + cells / _CELLS, values_of[:, 1]
    boxes = np.stack([centre - size / 2, centre + size / 2], axis=1)
    points = values_of[:, 2:] + cells[:, None] / _CELLS

    def in_photo(one: NDArray[np.float64]) -> NDArray[np.float64]:
        moved: NDArray[np.float64] = (one * SIZE - corner) / scale
        return moved

    return [
        Place(
            in_photo(np.average(boxes[same], axis=0, weights=certain[found[same]])),
            in_photo(np.average(points[same], axis=0, weights=certain[found[same]])),
            float(certain[found[same]].max()),
        )
        for same in _gathered(boxes, certain[found])
    ]


def all_faces_in(image: Image.Image, detector: Network) -> list[Place]:
    """The same, with small ones, in ten times the time."""
    found = faces_in(image, detector)
    size = tuple(max(1, round(side * _PART)) for side in image.size)
    steps = np.linspace(0, 1, _PARTS)
    for across, down in product(steps, steps):
        left, upper = int(across * (image.width - size[0])), int(down * (image.height - size[1]))
        part = image.crop((left, upper, left + size[0], upper + size[1]))
        corner = np.array([left, upper], dtype=np.float64)
        for place in faces_in(part, detector):
            moved = replace(place, box=place.box + corner, points=place.points + corner)
            if not _is_cut(moved, corner, part.size, image.size):
                found.append(moved)
    boxes = np.array([one.box for one in found]).reshape(-1, 2, 2)
    certain = np.array([one.certainty for one in found])
    return [found[same[0]] for same in _gathered(boxes, certain)]


def _is_cut(
    place: Place, corner: NDArray[np.float64], part: tuple[int, int], whole: tuple[int, int]
) -> bool:
    """Whether it may go on beyond the part of the photo, and not beyond the photo."""
    near = _CUT * np.array(part)
    end = corner + part
    is_before = (place.box[0] < corner + near) & (corner > 0)
    is_behind = (place.box[1] > end - near) & (end < np.array(whole))
    return bool((is_before | is_behind).any())


def _letterboxed(image: Image.Image) -> tuple[Image.Image, float, NDArray[np.float64]]:
    """The whole photo in a black square, its scale, and where its corner lies in it."""
    scale = SIZE / max(image.size)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    corner = (SIZE - size[0]) // 2, (SIZE - size[1]) // 2
    square = Image.new("RGB", (SIZE, SIZE))
    square.paste(image.resize(size, Image.Resampling.BILINEAR), corner)
    return square, scale, np.array(corner, dtype=np.float64)


def _gathered(boxes: NDArray[np.float64], certain: NDArray[np.float64]) -> list[NDArray[np.intp]]:
    """Boxes [N, 2, 2] that are of one face, by its most certain one: weighted non-maximum
    suppression, which averages them, since single ones jump."""
    left = np.argsort(-certain)
    gathered = []
    while len(left):
        best, others = boxes[left[0]], boxes[left]
        inner = np.minimum(best[1], others[:, 1]) - np.maximum(best[0], others[:, 0])
        common = np.prod(np.maximum(inner, 0), axis=1)
        areas = np.prod(others[:, 1] - others[:, 0], axis=1)
        is_same = common > _SAME_FACE * (areas[0] + areas - common)
        is_same[0] = True
        gathered.append(left[is_same])
        left = left[~is_same]
    return gathered
