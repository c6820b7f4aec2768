"""The recipe of the bundled starter bank, from photos that we may learn from.

Three tasks from mean ratings of the OASIS photos (Kurdi et al. 2017; beauty by Brielmann & Pelli
2019), three from what groups of like-minded people gave them, and eight from ladders of degraded
photos that we make ourselves. Each expert is judged on photos that it was not trained on; for
OASIS these are whole themes, since photos of one theme look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.model.bank.manifest import Bank, Task, read_bank
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.bank.writing import create_bank, take_task
from photoaes.model.paper.companions import COMPANIONS
from photoaes.offline.databases import ScoreDatabase, read_column, read_ratings, read_scores
from photoaes.offline.experts.finetune import FinetuneProgress, FinetuneSettings, Phase
from photoaes.offline.experts.ladders import BEST, LADDERS, WORST, make_ladder
from photoaes.offline.experts.probe import theme_folds
from photoaes.offline.experts.student import load_student
from photoaes.offline.experts.taste_groups import group_means
from photoaes.offline.experts.train import Storage, every_fifth, train_task
from photoaes.running import retold

NAME = "Starter bank"
LICENCE = "MIT (the tensors); the photos learned from are not part of it"
PROVENANCE = (
    "Backbone: a small vision transformer of ours, from random weights, that learned to match the "
    "features of ViT-Tiny/16 AugReg (Steiner et al. 2021, Apache-2.0) on 36,896 research photos. "
    "Experts: `photoaes bank starter`, see MODEL_CARD.md."
)
OASIS = (
    ("beauty", "beauty_mean", "Mean beauty as 378 people rated it"),
    ("valence", "valence_mean", "How pleasant the photo feels, mean over people"),
    ("arousal", "arousal_mean", "How much the photo stirs, mean over people"),
)
OASIS_SCALE = (1.0, 7.0)
GROUPS = 3
# What the head's linear row reads, beside the embedding, and the size at which whole photos come.
BLOCKS, COMPANION = (5, 7, 9, 11), "efficientnet-lite2"
SIZE = COMPANIONS[COMPANION].size
LADDER_TEXT = {
    "sharpness": "Sharp against blurred",
    "noise": "Clean against noisy",
    "compression": "Clean against JPEG artefacts",
    "exposure": "Well exposed against too dark or too bright",
    "colour": "In full colour against washed out",
    "tone": "With contrast against flat",
    "composition": "Whole against a cut-off corner",
    "level": "Level against tilted",
}
# The paper's rates are for CLIP towers and 10,000 photos and more; these were chosen for a small
# tower and a few hundred photos, on held-out themes, where the second part costs more than it
# gives: it is there since task vectors need it.
SETTINGS = FinetuneSettings(Phase(2000, 128, 1e-4, 1e-6), Phase(60, 32, 2e-5, 1e-6))
STORAGE = Storage(torch.float16, rank=8)


@dataclass(frozen=True)
class Recipe:
    """Where the data lie and, for cross-fitting, which half of the themes to leave out.

    What does not depend on the themes is taken over from the bank `like`, if one is given.
    """

    data: Path
    student: Path
    work: Path
    out: Path
    without_half: int | None = None
    like: Path | None = None


Events = Generator[tuple[str, FinetuneProgress], None, None]


def make_starter(recipe: Recipe, settings: FinetuneSettings, device: torch.device) -> Events:
    """Make the bank, or the tasks that it still lacks; yields (task, progress)."""
    spec, distilled = load_student(recipe.student)
    if (recipe.out / MANIFEST).is_file():
        bank = read_bank(recipe.out)
    else:
        whole = replace(spec.preprocessing, resize=SIZE, crop=SIZE, whole=True)
        new = Bank(recipe.out, NAME, replace(spec, preprocessing=whole), (), PROVENANCE, LICENCE)
        bank = create_bank(replace(new, blocks=BLOCKS, companion=COMPANION), distilled)
    theta_pre = bank.theta_pre()  # as stored, in half precision: task vectors start from that
    for task, make in _tasks(recipe):
        if task.name in [known.name for known in bank.tasks]:
            continue
        if recipe.like is not None and task.name in LADDERS:
            bank = take_task(bank, read_bank(recipe.like), task.name)
            continue
        database, held_out = make()
        steps = train_task(bank, theta_pre, task, database, held_out, settings, device, STORAGE)
        bank = yield from retold(steps, partial(_named, task.name))


def _named(task: str, progress: FinetuneProgress) -> list[tuple[str, FinetuneProgress]]:
    return [(task, progress)]


Held = tuple[ScoreDatabase, NDArray[np.bool_]]


def _tasks(recipe: Recipe) -> list[tuple[Task, Callable[[], Held]]]:
    """Each task with what makes its database and says which of its photos are held out."""
    oasis = "OASIS (Kurdi et al. 2017; beauty: Brielmann & Pelli 2019)"
    tasks: list[tuple[Task, Callable[[], Held]]] = [
        (Task(name, text, oasis, LICENCE, OASIS_SCALE), partial(_oasis, recipe, column))
        for name, column, text in OASIS
    ]
    for number in range(GROUPS):
        text = f"Mean beauty as a group of like-minded people rated it (group {number + 1})"
        task = Task(f"taste-{number + 1}", text, oasis, LICENCE, OASIS_SCALE)
        tasks.append((task, partial(_taste_group, recipe, number)))
    made = "ladders made from 600 research photos"
    for name in LADDERS:
        task = Task(name, LADDER_TEXT[name], made, LICENCE, (WORST, BEST))
        tasks.append((task, partial(_ladder, recipe, name)))
    return tasks


def _oasis(recipe: Recipe, column: str) -> Held:
    folder = recipe.data / "oasis"
    database = read_scores(folder / "images.csv", folder / "images", OASIS_SCALE, column)
    themes = list(read_column(folder / "images.csv", "theme").values())
    return database, oasis_held_out(themes, recipe.without_half)


def _taste_group(recipe: Recipe, number: int) -> Held:
    """Groups are found on the photos that are learned from, so held-out ones tell nothing."""
    database, held_out = _oasis(recipe, "beauty_mean")
    ratings = read_ratings(recipe.data / "oasis" / "ratings.csv").ratings
    names = [path.name for path in database.paths]
    seen = [name for name, out in zip(names, held_out, strict=True) if not out]
    means = np.full(len(names), np.nan)
    means[~held_out] = group_means(ratings, seen, GROUPS)[number]
    # Held-out photos are judged by the crowd: nothing else is known of them.
    means[held_out] = database.scores[held_out]
    return replace(database, scores=means), held_out


def _ladder(recipe: Recipe, name: str) -> Held:
    folder = recipe.work / name
    if not (folder / "scores.csv").is_file():
        for _ in make_ladder(name, sorted((recipe.data / "photos240").glob("*.jpg")), folder):
            pass
    database = read_scores(folder / "scores.csv", folder, (WORST, BEST))
    # All copies of a photo carry its number and are held out together.
    originals = np.array([int(path.name.split("-")[0]) for path in database.paths])
    return database, every_fifth(originals.max() + 1)[originals]


def seen_images(recipe: Recipe) -> list[str]:
    """The OASIS photos that the bank's experts were trained on."""
    table = recipe.data / "oasis" / "images.csv"
    themes = read_column(table, "theme")
    held_out = oasis_held_out(list(themes.values()), recipe.without_half)
    return [name for name, out in zip(themes, held_out, strict=True) if not out]


def oasis_held_out(themes: list[str], without_half: int | None) -> NDArray[np.bool_]:
    """Held-out photos [N]: one half of the themes, or a tenth for the bank that is shipped."""
    folds, left_out = (10, 0) if without_half is None else (2, without_half)
    held_out: NDArray[np.bool_] = theme_folds(themes, folds) == left_out
    return held_out
