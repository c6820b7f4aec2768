"""The companion on OpenVINO, where that is installed (extra `fast`) and faster than torch here.

Which of them is the fastest is measured once on each machine, while it is not busy, and kept beside
the converted network in the cache folder. Whatever goes wrong, torch does the work as it would
without.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import logging
import math
import os
import platform
import shutil
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from photoaes.checked import Wrong, fields, one_of, read_json
from photoaes.new_files import new_folder, write_file
from photoaes.plain_files import opened_plain, read_plain
from photoaes.settings import cache_folder

if TYPE_CHECKING:
    from photoaes.model.paper.companion import Companion

log = logging.getLogger(__name__)
FILE, WEIGHTS, SEAL = "network.xml", "network.bin", "seal"
MANY = 200  # photos from which on it pays to convert the network, which takes four seconds
PHOTOS, TRIES = 4, 3  # of a measurement
BUSY = 1.5  # load a core, of which one is ours
TORCH, SINGLE, HALF = "torch", "f32", "bf16"
_CHOICE = fields({"fastest": one_of(TORCH, SINGLE, HALF)})
# Of a level's deviation over photos: what differs by more is another network.
MOST = {SINGLE: 1e-3, HALF: 0.5}
Levels = Callable[[Tensor], dict[str, Tensor]]
# Whatever another program's library may raise: none of it is a reason not to rank.
_PROBLEMS = (RuntimeError, OSError, ImportError, ValueError, TypeError, AttributeError, KeyError)


def fast_levels(companion: Companion, *, exact: bool, count: int, plain: Levels) -> Levels | None:
    """What gives the companion's levels faster than `plain`, torch's own way; None if nothing does.

    `exact` are the same numbers to the fourth digit; else half precision will do, where the
    processor has it. For fewer than MANY photos nothing is converted that is not there yet.
    """
    if importlib.util.find_spec("openvino") is None:
        return None
    folder = _folder(companion)
    choice = folder / f"{'exact' if exact else 'near'}-{torch.get_num_threads()}.json"
    try:
        kind = _chosen(choice, exact)
        if kind == TORCH:
            return None
        is_there = _is_whole(folder / "network")
        if kind is None or not is_there:
            if count < MANY and (not is_there or _is_busy()):
                return None
            kind = _measured(companion, folder, exact, plain)
            if not _is_busy():
                _keep(choice, kind)
        return None if kind == TORCH else _compiled(companion, folder, kind)
    except _PROBLEMS as problem:
        log.warning("OpenVINO cannot be used and torch goes on alone: %s", problem)
        with suppress(OSError):
            _keep(choice, TORCH)
        return None


def _compiled(companion: Companion, folder: Path, kind: str) -> Levels:
    """The converted network, compiled for this processor."""
    openvino = _openvino()
    hints = {
        "INFERENCE_PRECISION_HINT": kind,
        "INFERENCE_NUM_THREADS": torch.get_num_threads(),
        "PERFORMANCE_HINT": "LATENCY",
    }
    core = openvino.Core()
    network = core.compile_model(core.read_model(folder / "network" / FILE), "CPU", hints)
    names = companion.names

    def levels(pixels: Tensor) -> dict[str, Tensor]:
        found = network.create_infer_request().infer([pixels.float().contiguous().numpy()])
        # Copied: the arrays are the request's own memory.
        arrays = (np.array(found[number], dtype=np.float32) for number in range(len(names)))
        return dict(zip(names, map(torch.from_numpy, arrays), strict=True))

    return levels


class _Flat(nn.Module):
    """The companion with its levels in a tuple, which is all that can be converted."""

    def __init__(self, companion: Companion) -> None:
        super().__init__()
        self.companion = companion

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.companion.at_once(pixels).values())


def _measured(companion: Companion, folder: Path, exact: bool, plain: Levels) -> str:
    """The fastest of those that give the same levels."""
    size = companion.spec.size
    numbers = np.random.default_rng(0).integers(0, 256, (PHOTOS, 3, size, size))
    pixels = torch.from_numpy(numbers.astype(np.float32))
    # Not in the mixed precision of who asks.
    with torch.inference_mode(), torch.autocast("cpu", enabled=False):
        _convert(companion, folder, pixels)
        wanted = companion.by_torch(pixels)
        ways = {TORCH: plain}
        for kind in (SINGLE,) if exact else (SINGLE, HALF):
            compiled = _compiled(companion, folder, kind)
            if _error(compiled(pixels), wanted) < MOST[kind]:
                ways[kind] = compiled
        plain(pixels)  # the first time takes longer
        return _fastest(ways, pixels)


def _fastest(ways: Mapping[str, Levels], pixels: Tensor) -> str:
    """In turn, and by each one's best: what else the computer does meanwhile shall decide nothing,
    since the answer is kept."""
    best = dict.fromkeys(ways, math.inf)
    for _ in range(TRIES):
        for kind, levels in ways.items():
            begun = time.perf_counter()
            levels(pixels)
            best[kind] = min(best[kind], time.perf_counter() - begun)
    return min(best, key=lambda kind: best[kind])


def _error(found: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> float:
    """The largest difference in terms of the level's own deviation."""
    errors = [((found[n] - w).abs().max() / w.std()).item() for n, w in wanted.items()]
    return max(errors) if all(np.isfinite(errors)) else float("inf")


def _is_busy() -> bool:
    """Whether other programs compete for the processor. Threads that wait for each other suffer by
    that, more by OpenVINO's way than by torch's: the next start measures again."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return load > BUSY * (os.cpu_count() or 1)


def _convert(companion: Companion, folder: Path, pixels: Tensor) -> None:
    openvino = _openvino()
    target = folder / "network"
    if _is_whole(target):
        return
    shape = openvino.PartialShape([-1, 3, companion.spec.size, companion.spec.size])
    with warnings.catch_warnings():  # of tracing, for programmers
        warnings.simplefilter("ignore")
        network = openvino.convert_model(_Flat(companion), example_input=pixels, input=[shape])
    folder.mkdir(parents=True, exist_ok=True)
    _throw_away(target)
    with new_folder(target) as partial:
        openvino.save_model(network, partial / FILE, compress_to_fp16=False)
        write_file(partial / SEAL, _seal(partial), over=False)


def _seal(folder: Path) -> bytes:
    """Of the network's two files: a bit that has flipped in them would be a wrong star, not an
    error."""
    digest = hashlib.sha256()
    for name in (FILE, WEIGHTS):
        with opened_plain(folder / name) as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest().encode()


def _is_whole(folder: Path) -> bool:
    """Whether the network is there as it was made."""
    try:
        return read_plain(folder / SEAL, 1000) == _seal(folder)
    except OSError:
        return False


def _throw_away(folder: Path) -> None:
    """A damaged one, or whatever else has its name; not what a link leads to."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _openvino() -> Any:
    """The package, without what reports each of its imports to its makers: nothing here calls
    anybody."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    return importlib.import_module("openvino")


def _folder(companion: Companion) -> Path:
    """One for all on which a choice depends."""
    parts: list[Any] = [companion.spec, metadata.version("openvino"), torch.__version__]
    parts += [platform.node(), platform.machine(), platform.processor(), os.cpu_count()]
    name = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    return cache_folder() / "engines" / name


def _chosen(choice: Path, exact: bool) -> str | None:
    kinds = (TORCH, SINGLE) if exact else (TORCH, SINGLE, HALF)
    try:
        kind = _CHOICE(read_json(choice, 1000))["fastest"]
    except (OSError, Wrong):
        return None
    return kind if kind in kinds else None


def _keep(choice: Path, kind: str) -> None:
    choice.parent.mkdir(parents=True, exist_ok=True)
    write_file(choice, json.dumps({"fastest": kind}).encode() + b"\n", over=True)
