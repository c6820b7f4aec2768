"""Lights that make their own dark: aurora, fireworks."""

import numpy as np

from sample_album import noise
from sample_album.noise import Array, Random
from sample_album.picture import View, rgb


def add_aurora(scene: Array, view: View, rng: Random, horizon: float) -> None:
    """Three curtains of green light with violet tops, folded and rayed."""
    for i in range(3):
        fold = noise.line(rng, 2 * view.width, 1.8)[: view.width] * 0.06
        rays = 1 + 0.16 * noise.line(rng, 2 * view.width, 0.9, 14)[: view.width]
        power = np.exp(0.75 * noise.line(rng, 2 * view.width, 2.0)[: view.width] - 0.7)
        foot = horizon * (0.55 + 0.17 * i) + fold
        up = (foot[None, :] - view.y) / (0.42 - 0.07 * i)
        curtain = np.where(up > 0, np.exp(-up * 3.2), np.exp(up * 30))
        curtain = curtain * (rays * power)[None, :].clip(0, 3) * (0.9, 0.65, 0.4)[i]
        violet = np.clip(up * 1.3 - 0.25, 0, 1)[..., None]
        colour = rgb("4dffa0") * (1 - violet) + rgb("b060ff") * 0.8 * violet
        scene += np.clip(curtain, 0, 4)[..., None].astype(np.float32) * colour * 0.62


def add_firework(
    scene: Array, view: View, rng: Random, x: float, y: float, size: float, code: str
) -> None:
    """One burst: sparks flying out on falling curves, drawn by a long exposure."""
    sparks, steps = 150, int(260 * size * view.height / 300) + 60
    direction = rng.normal(size=(sparks, 3))
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    speed = size * rng.uniform(0.82, 1.0, (sparks, 1))
    t = np.linspace(0.12, 1, steps)[None, :]
    drag = 1 - np.exp(-2.2 * t)
    px = x + direction[:, :1] * speed * drag
    py = y + direction[:, 1:2] * speed * drag + 0.16 * size * t**2
    burn = (np.exp(-2.6 * (1 - t)) * 0.4 + 0.6 * np.exp(-((t - 0.55) ** 2) * 6)) * rng.uniform(
        0.5, 1.3, (sparks, 1)
    )
    burn = burn * (1 - t**6)
    white = np.exp(-t * 4.5)[..., None]
    colour = (rgb("fff2d8") * white + rgb(code) * (1 - white)) * burn[..., None]
    column = (px * view.height + view.width / 2).astype(np.int32)
    row = (py * view.height).astype(np.int32)
    seen = (column >= 0) & (column < view.width - 1) & (row >= 0) & (row < view.height - 1)
    light = np.broadcast_to(colour, (*seen.shape, 3))[seen].astype(np.float32)
    for dy, dx, part in ((0, 0, 0.8), (0, 1, 0.3), (1, 0, 0.3)):
        np.add.at(scene, (row[seen] + dy, column[seen] + dx), light * part)
    away = np.hypot(view.x - x, view.y - y)
    scene += (0.10 * np.exp(-away / size * 2))[..., None] * rgb(code)


def add_smoke(scene: Array, view: View, rng: Random, x: float, y: float, code: str) -> None:
    """Smoke that drifts off and is lit by the bursts."""
    puff = noise.smoothstep(0, 2.4, noise.field(rng, view.height, view.width, 1.8, 2))
    near = np.exp(-5 * np.hypot((view.x - x) * 0.7, view.y - y))
    scene += (puff * near * 0.14)[..., None] * rgb(code)
