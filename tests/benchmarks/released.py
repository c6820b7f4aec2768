"""What the paper's bank costs at full size: six checkpoints of random weights, as released.

    python -m tests.benchmarks.released FOLDER [--model L]     makes FOLDER (L: 16 GB), then runs

import, verify, a ranking by our posterior, one by the paper's fit and one that is known, each as a
command of its own, and prints seconds and peak memory (of what is its own, and with mapped files).
The weights are random, so the scores mean nothing; memory and time do.
"""

from __future__ import annotations

import argparse
import functools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from photoaes.model.bank.import_released import EXPERTS, MODELS, PRETRAINED
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.score_model import ScoreModel
from tests.benchmarks.machine import machine_line

PHOTOS, RATED = 100, 10
HUB = {"B": "laion/CLIP-ViT-B-16-DataComp.XL-s13B-b90K",
       "L": "laion/CLIP-ViT-L-14-DataComp.XL-s13B-b90K"}  # fmt: skip


def main() -> None:
    """Makes what is not there, and measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", choices=("B", "L"), default="L")
    parser.add_argument("--photos", type=int, default=PHOTOS)
    options = parser.parse_args()
    print(machine_line(), flush=True)
    folder = options.folder / options.model
    if not (folder / "made").exists():
        _make(folder, options.model, options.photos)
    files = [str(folder / f"clip_{options.model}_3fc_{name}.pth") for name in EXPERTS]
    album, bank = str(folder / "album"), ["--bank", f"paper-{options.model}"]
    rated = ["--ratings", str(folder / "ratings.csv")]
    commands = {
        "import": ["bank", "import", bank[1], *files],
        "verify": ["bank", "verify", bank[1]],
        "rank, no stars": ["rank", album, *bank, "--quiet"],
        "rank, ours": ["rank", album, *bank, *rated, "--save", "me", "--quiet"],
        "rank, the paper's fit of a few steps": ["few", album, *bank, *rated, "--method", "paper"],
    }
    for name, command in commands.items():
        if name == "import" and (folder / "home/data/banks" / bank[1]).exists():
            continue
        print(f"{name}: {_measured(folder, command)}", flush=True)


def _make(folder: Path, letter: str, photos: int) -> None:
    folder.mkdir(parents=True)
    torch.manual_seed(0)
    spec = BackboneSpec(MODELS[letter], PRETRAINED)
    tower = {name: p.detach() for name, p in spec.build().named_parameters()}
    _cache(folder / "hub", HUB[letter], {f"visual.{name}": t for name, t in tower.items()})
    head = {n: p for n, p in ScoreModel(spec.build(), spec.embed_dim).named_parameters()
            if n.startswith("head.")}  # fmt: skip
    for name in EXPERTS:
        state = {f"backbone.visual.{n}": t + 1e-3 * torch.randn_like(t) for n, t in tower.items()}
        for layer, tensor in head.items():
            key = layer.replace("head.", "score_predictor.projection.")
            state[key] = torch.randn_like(tensor) * 0.05
        torch.save({"model": state}, folder / f"clip_{letter}_3fc_{name}.pth")
    rng = np.random.default_rng(0)
    (folder / "album").mkdir()
    lines = ["path,stars"]
    for number in range(photos):
        small = rng.integers(0, 255, (12, 16, 3), dtype=np.uint8)
        Image.fromarray(small).resize((1200, 900)).save(folder / f"album/{number:03}.jpg")
        if number < RATED:
            lines.append(f"{number:03}.jpg,{1 + number % 5}")
    (folder / "ratings.csv").write_text("\n".join(lines) + "\n")
    (folder / "made").touch()


def _cache(hub: Path, repository: str, state: dict[str, Tensor]) -> None:
    """As huggingface_hub keeps what it has fetched."""
    folder = hub / f"models--{repository.replace('/', '--')}"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs/main").write_text("0" * 40)
    (folder / "snapshots" / ("0" * 40)).mkdir(parents=True)
    torch.save(state, folder / "snapshots" / ("0" * 40) / "open_clip_pytorch_model.bin")


def _measured(folder: Path, command: Sequence[str]) -> str:
    environment = {**os.environ, "PHOTOAES_HOME": str(folder / "home"),
                   "HF_HUB_CACHE": str(folder / "hub"), "HF_HUB_OFFLINE": "1"}  # fmt: skip
    begun, peaks = time.perf_counter(), {"RssAnon": 0, "VmHWM": 0}
    with (
        (folder / "log").open("a") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.released", "run", *command],
            stdout=log,
            stderr=log,
            env=environment,
        ) as process,
    ):
        watch = threading.Thread(target=_watch, args=(process, peaks))
        watch.start()
        process.wait()
        watch.join()
    seconds = time.perf_counter() - begun
    own, whole = (peaks[key] / 1024**2 for key in ("RssAnon", "VmHWM"))
    text = f"{seconds:.0f} s, {own:.2f} GiB of its own, {whole:.2f} GiB with mapped files"
    return text if process.returncode == 0 else f"{text}; failed, see {folder / 'log'}"


def _run(command: Sequence[str]) -> int:
    """A command of photoaes; "few" instead of "rank" stops the fit after three steps."""
    from photoaes.cli import main as photoaes
    from photoaes.model.paper import fit_settings

    if command[0] == "few":
        few = functools.partial(fit_settings.FitSettings, steps=3)
        fit_settings.FitSettings = few  # type: ignore[assignment, misc]
    return photoaes(["rank" if command[0] == "few" else command[0], *command[1:]])


def _watch(process: subprocess.Popen[bytes], peaks: dict[str, int]) -> None:
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            return
        for key in peaks:
            peaks[key] = max(peaks[key], int(lines.get(key, "0 kB").split()[0]))
        time.sleep(0.02)


if __name__ == "__main__":
    if sys.argv[1] == "run":
        raise SystemExit(_run(sys.argv[2:]))
    main()
