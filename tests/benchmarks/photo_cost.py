"""What a photo costs to rank, against the floor; what ranking a known album costs.

    python -m tests.benchmarks.photo_cost [--before FOLDER] [--memory 1000 30000]

CPU milliseconds a photo with one thread, of JPEGs made here. The floor is what nobody can do
without: the file read and decoded by Pillow alone, as small as the model needs it, and one plain
forward of what ranks: the merged model with its companion, in half precision where so many photos
get it (`engine.MANY`). "tower alone" is the same floor with a forward of the tower alone: what the
paper's model would cost. What a photo is first made into an input by stands beside them ("to
pixels"), and is no part of the floor. `--before` is a folder with an earlier version of photoaes,
which is run in turn with this one.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

import photoaes
from photoaes.album.sharpness import sharpness
from photoaes.api import OpenBank
from photoaes.cli.opened import opened_memory
from photoaes.cli.progress import Meter
from photoaes.images import open_image
from photoaes.jobs.apply_profile import general_scorer
from photoaes.jobs.measure import versions_of
from photoaes.jobs.open_album import open_album
from photoaes.model.paper.engine import MANY
from photoaes.model.scoring import Scorer
from photoaes.model.taste.basis import read_basis
from photoaes.model.taste.tangent import Tangent, tangent_of
from photoaes.running import finished
from photoaes.settings import sample_album_folder
from tests.benchmarks.machine import machine_line

ROOT = Path(__file__).parents[2]
# Size, different photos, and files made of them: so many that half precision ranks them.
KINDS = {"1 megapixel": ((1224, 816), 48, 400), "24 megapixels": ((6000, 4000), 12, MANY)}
TURNS = 3
FEW = 2  # versions before the merged model ranked fail at a single photo


def _photos(folder: Path, size: tuple[int, int], count: int, files: int) -> list[Path]:
    """Photos of the sample album, enlarged, with the grain of a sensor; then their copies, with
    another end each, so that none is known."""
    folder.mkdir()
    rng, made = np.random.default_rng(0), []
    sources = sorted(sample_album_folder().rglob("*.JPG"))
    for number in range(count):
        with Image.open(sources[number % len(sources)]) as source:
            large = np.asarray(source.convert("RGB").resize(size), dtype=np.int16)
        grain = rng.integers(-6, 7, large.shape, dtype=np.int8)
        made.append(folder / f"{number:03}.jpg")
        pixels = (large + grain).clip(0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(made[-1], quality=90)
    for number in range(count, files):
        made.append(folder / f"{number:03}.jpg")
        made[-1].write_bytes(made[number % count].read_bytes() + number.to_bytes(4, "big"))
    return made


def _milliseconds(work: Callable[[], object], count: int) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000 / count


def _decoded(path: Path, edge: int) -> Image.Image:
    """By Pillow alone, at 1/2, 1/4 or 1/8 where the shorter side stays large enough."""
    with Image.open(path) as image:
        image.draft("RGB", (edge, edge))
        return image.convert("RGB")


def _batches(pixels: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    size = Scorer.batches["cpu"]
    return [np.stack(pixels[start : start + size]) for start in range(0, len(pixels), size)]


def _ranked(code: Path, album: Path, home: Path) -> tuple[float, float]:
    """CPU seconds and MiB of `photoaes rank` in a process of its own."""
    paths = {"PYTHONPATH": str(code), "PHOTOAES_HOME": str(home)}
    environment = {**os.environ, **paths, "OMP_NUM_THREADS": "1"}
    said = (
        # Not `ru_maxrss`, which a process begins with that of whoever started it.
        "import sys; from photoaes.cli import main; main(sys.argv[1:]); "
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    )
    command = [sys.executable, "-c", said, "rank", str(album), "--quiet", "--device", "cpu"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished_run = subprocess.run(
        command, cwd=code, env=environment, capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds, float(finished_run.stderr.split()[-1]) / 1024


def _whole_rank(code: Path, photos: Sequence[Path], scratch: Path) -> tuple[float, float, float]:
    """Milliseconds a photo cold, without the start; then CPU seconds and MiB when all is known."""
    few = scratch / "few"
    few.mkdir()
    for photo in photos[:FEW]:
        os.link(photo, few / photo.name)
    start, _ = _ranked(code, few, scratch / "home few")
    cold, _ = _ranked(code, photos[0].parent, scratch / "home")
    warm, memory = _ranked(code, photos[0].parent, scratch / "home")
    shutil.rmtree(scratch)
    scratch.mkdir()
    return (cold - start) * 1000 / (len(photos) - FEW), warm, memory


def _memory(code: Path, count: int, scratch: Path, bank: OpenBank) -> tuple[float, float]:
    """CPU seconds and MiB of ranking an album of so many photos with made-up features."""
    album, home = scratch / "album", scratch / "home"
    album.mkdir()
    photo = next(sample_album_folder().rglob("*.JPG")).read_bytes()
    for number in range(count):  # what follows a JPEG's end makes each file another one
        (album / f"{number:06}.jpg").write_bytes(photo[:20_000] + number.to_bytes(4, "big"))
    os.environ["PHOTOAES_HOME"] = str(home)
    rng, columns = np.random.default_rng(0), read_basis(bank.bank).columns
    with opened_memory(Meter(quiet=True)) as memory:
        photos = finished(open_album(memory.store, album)).photos
        versions = versions_of(memory.store, photos)
        rows = [
            (version, rng.normal(size=columns).astype(np.float16)) for version in versions.values()
        ]
        memory.cache.save(bank.digest, "tangent", rows)
    found = _ranked(code, album, home)
    shutil.rmtree(scratch)
    scratch.mkdir()
    return found


def _parts(
    photos: Sequence[Path], bank: OpenBank, tangent: Tangent, scorer: Scorer
) -> dict[str, float]:
    """What each step costs by itself, of the photos that are different ones."""
    preprocessing, count = bank.bank.backbone.preprocessing, len(photos)
    opened = [open_image(photo, min_edge=preprocessing.resize) for photo in photos]
    batches = _batches([preprocessing.pixels(image) for image in opened])
    model = scorer._model

    @torch.inference_mode()
    def tower() -> None:
        for batch in batches:
            inputs = preprocessing.normalise(torch.from_numpy(batch))
            model.distribution(model._embedding(model.resized(inputs)))

    steps: dict[str, Callable[[], object]] = {
        "decode": lambda: [_decoded(photo, preprocessing.resize) for photo in photos],
        "forward": lambda: [scorer.look(batch) for batch in batches],
        "forward, tower alone": tower,
        "open_image": lambda: [open_image(p, min_edge=preprocessing.resize) for p in photos],
        "to pixels": lambda: [preprocessing.pixels(image) for image in opened],
        "sharpness": lambda: [sharpness(image) for image in opened],
        "features": lambda: [tangent.look(batch) for batch in batches],
        "photoaes.score, few": lambda: photoaes.score(photos, bank),
    }
    scorer.look(batches[0])  # the first look prepares much
    tangent.look(batches[0])
    bank._model(None).look(batches[0])
    return {name: _milliseconds(step, count) for name, step in steps.items()}


def _turn(
    photos: Sequence[Path],
    different: int,
    models: tuple[OpenBank, Tangent, Scorer],
    versions: Sequence[tuple[str, Path]],
    scratch: Path,
) -> dict[str, float]:
    """All figures once."""
    found = _parts(photos[:different], *models)
    found["floor"] = found["decode"] + found["forward"]
    found["floor, tower alone"] = found["decode"] + found["forward, tower alone"]
    for name, code in versions:
        cold, warm, memory = _whole_rank(code, photos, scratch)
        found |= {f"rank, {name}": cold, f"known, {name}: s": warm, f"known, {name}: MiB": memory}
    return found


def _print(turns: Sequence[dict[str, float]]) -> None:
    """Medians, and of what ranks the medians of each turn's shares."""
    for name in turns[0]:
        shares = ""
        if name.startswith("rank"):
            for floor in ("floor", "floor, tower alone"):
                share = statistics.median(turn[floor] / turn[name] for turn in turns)
                shares += f"  {100 * share:.0f} % {floor}"
        value = statistics.median(turn[name] for turn in turns)
        print(f"{name:24} {value:8.1f}{shares}", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--before", type=Path)
    parser.add_argument("--memory", type=int, nargs="*", default=[])
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--turns", type=int, default=TURNS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(machine_line())
    versions = ([("before", options.before)] if options.before else []) + [("now", ROOT)]
    bank = photoaes.open_bank(device="cpu")
    tangent = tangent_of(bank.bank, torch.device("cpu"))
    # As `rank` has it where nothing teaches.
    scorer = general_scorer(bank.bank, bank.device, is_near=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        for kind in options.kinds:
            size, different, files = KINDS[kind]
            photos = _photos(Path(folder) / kind, size, different, files)
            turns = [_turn(photos, different, (bank, tangent, scorer), versions, scratch)
                     for _ in range(options.turns)]  # fmt: skip
            print(f"\n{kind}, {different} photos, {files} files; load {os.getloadavg()[0]:.1f}")
            _print(turns)
        for count in options.memory:
            for name, code in versions:
                seconds, memory = _memory(code, count, scratch, bank)
                print(f"{count} known photos, {name}: {seconds:.1f} CPU s, {memory:.0f} MiB")


if __name__ == "__main__":
    main()
