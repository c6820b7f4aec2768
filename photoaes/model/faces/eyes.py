"""How far the eyes of a face are open: MediaPipe's face mesh says where they are, its eye network
what their lids do (Ablavatski et al. 2020, "Real-time pupil tracking").

The mesh alone does not tell: its own lids are open over closed eyes.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from photoaes.model.faces.detection import Place
from photoaes.model.faces.network import Network

MESH_SIZE, EYE_SIZE = 192, 64
_LEAST_FACE = 0.8  # how sure the mesh has to be that it sees one
_AROUND_FACE, _AROUND_EYE = 1.5, 2.3  # of the box's longer side; of the eye's width
_MESH_POINTS = 468
# The corners of each eye in the mesh, the right one first; the network knows left eyes, so that the
# other is shown to it in a mirror.
_CORNERS = ((33, 133), (362, 263))
_LOWER, _UPPER = (3, 4, 5), (11, 12, 13)  # of the contour: opposite points in its middle
_ENDS = (0, 8)


def openness(image: Image.Image, place: Place, mesh: Network, eye: Network) -> float | None:
    """The height of the wider eye in terms of its width, 0 to about .5; None where the mesh sees no
    face after all."""
    right, left = place.points[0], place.points[1]
    angle = math.atan2(left[1] - right[1], left[0] - right[0])
    side = float((place.box[1] - place.box[0]).max()) * _AROUND_FACE
    face, back = _cut(image, place.box.mean(axis=0), side, angle, MESH_SIZE)
    found, flag = mesh(face)
    if float(torch.sigmoid(flag.reshape(-1)[0])) < _LEAST_FACE:
        return None
    points = _moved(found.numpy().reshape(_MESH_POINTS, 3)[:, :2], back)
    across = points[_CORNERS[1][1]] - points[_CORNERS[0][0]]
    angle = math.atan2(across[1], across[0])
    heights = []
    for number, (one, other) in enumerate(_CORNERS):
        side = float(np.linalg.norm(points[one] - points[other])) * _AROUND_EYE
        centre = (points[one] + points[other]) / 2
        cut, _ = _cut(image, centre, max(side, 1.0), angle, EYE_SIZE, mirrored=number == 1)
        contour = eye(cut)[0].numpy().reshape(-1, 3)[:, :2]
        heights.append(_height(contour))
    return max(heights)


def _height(contour: NDArray[np.float32]) -> float:
    width = np.linalg.norm(contour[_ENDS[0]] - contour[_ENDS[1]])
    gaps = np.linalg.norm(contour[list(_LOWER)] - contour[list(_UPPER)], axis=1)
    return float(gaps.mean() / max(width, 1e-6))


def _cut(
    image: Image.Image,
    centre: NDArray[np.float64],
    side: float,
    angle: float,
    size: int,
    *,
    mirrored: bool = False,
) -> tuple[torch.Tensor, NDArray[np.float64]]:
    """A turned square of the photo as [1, 3, size, size], 0..1, and the matrix [2, 3] that leads
    from its pixels to the photo's."""
    step = side / size
    across = np.array([math.cos(angle), math.sin(angle)]) * step * (-1 if mirrored else 1)
    down = np.array([-math.sin(angle), math.cos(angle)]) * step
    start = centre - (across + down) * size / 2
    back = np.stack([across, down, start], axis=1)
    # Every n-th pixel of a large face would be a picture of its noise.
    factor = max(int(step), 1)
    source, matrix = (image.reduce(factor), back / factor) if factor > 1 else (image, back)
    cut = source.transform(
        (size, size), Image.Transform.AFFINE, matrix.ravel().tolist(), Image.Resampling.BILINEAR
    )
    values = torch.from_numpy(np.asarray(cut, dtype=np.float32) / 255)
    return values.permute(2, 0, 1)[None], back


def _moved(points: NDArray[np.float32], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    moved: NDArray[np.float64] = points @ matrix[:, :2].T + matrix[:, 2]
    return moved
