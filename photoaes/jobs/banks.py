"""Which banks and devices there are, as plain values: the manifest is read without torch."""

from __future__ import annotations

import math
import os
import shutil
import stat
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from photoaes.errors import BankInvalid, InputInvalid, Sentence
from photoaes.jobs.events import Events, Notice, Progress
from photoaes.new_files import copy_file, new_folder

MANIFEST = "bank.json"
DOWNLOADING = "Downloading the backbone"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class BankFacts:
    """A bank for a person: `tasks` are (name, description, held-out SROCC or nan)."""

    folder: Path
    name: str
    digest: str
    backbone: str
    tasks: tuple[tuple[str, str, float], ...]
    licence: str
    megabytes: float
    needs_download: bool


@dataclass(frozen=True)
class DeviceFacts:
    """ "cuda", "mps" or "cpu", in words; `problem` says why it cannot be used."""

    name: str
    description: str
    problem: str | None


def is_bank(folder: Path) -> bool:
    """Whether it calls itself one: a manifest that is no file is told by whoever reads it."""
    from photoaes.model.bank import schema

    return schema.is_bank(folder)


def bank_facts(folder: Path) -> BankFacts:
    """What a bank's manifest says of it. Raises BankInvalid."""
    from photoaes.model.bank.digest import bank_digest
    from photoaes.model.bank.schema import read_manifest

    entry = read_manifest(folder)
    tasks = tuple(
        (t["name"], t["description"], t.get("figures", {}).get("srocc", math.nan))
        for t in entry["tasks"]
    )
    theta_pre = entry["theta_pre_sha256"]
    digest = bank_digest(
        theta_pre or str(entry["backbone"]["pretrained"]),
        ((t["name"], t.get("sha256", "")) for t in entry["tasks"]),
        entry.get("basis_sha256", ""),
        entry.get("companion", ""),
    )
    try:
        size = sum(_size(file) for file in folder.iterdir())
    except OSError as error:
        text = Sentence("The bank in {0} cannot be used: {1}.", folder, error.strerror)
        raise BankInvalid(text, folder) from error
    return BankFacts(
        folder,
        entry["name"],
        digest,
        entry["backbone"]["model"],
        tasks,
        entry["licence"],
        size / 1e6,
        not theta_pre,
    )


def _size(file: Path) -> int:
    status = file.lstat()
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def banks_at_hand(bundled: Path, installed: Path) -> list[BankFacts | BankInvalid]:
    """The bundled bank and the installed ones; a broken one is told, not hidden."""
    others = _folders(installed)
    found: list[BankFacts | BankInvalid] = []
    for folder in [bundled, *others]:
        # A hidden one was left by an install that was killed.
        if folder.name.startswith(".") or not is_bank(folder):
            continue
        try:
            found.append(bank_facts(folder))
        except BankInvalid as problem:
            found.append(problem)
    return found


def _folders(installed: Path) -> list[Path]:
    try:
        return sorted(installed.iterdir())
    except OSError:  # none is installed, or nobody may look
        return []


def install_bank(source: Path, installed: Path) -> Generator[Events, None, BankFacts]:
    """Check a bank's files against its manifest and copy it to the installed ones.

    Raises BankInvalid for whatever does not fit, InputInvalid if one of its name is installed.
    """
    bank_facts(source)
    target = installed / source.name
    if os.path.lexists(target):
        text = Sentence("A bank named {0} is installed already.", source.name)
        raise InputInvalid(text, target)
    shutil.rmtree(installed / f".{source.name}.partial", ignore_errors=True)  # of earlier versions
    try:
        installed.mkdir(parents=True, exist_ok=True)
        with new_folder(target) as partial:
            yield Progress("Copying the bank", 0, 4)
            for file in sorted(source.iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    copy_file(file, partial / file.name, over=False)
            # Not the source: that may change meanwhile.
            yield from _checked(partial, 4)
    except OSError as error:
        text = Sentence("The bank could not be copied: {0}.", error.strerror)
        raise InputInvalid(text, target) from error
    return bank_facts(target)


def verify_bank(folder: Path) -> Generator[Events, None, BankFacts]:
    """Read every file of a bank and check hashes and tensors. Raises BankInvalid."""
    facts = bank_facts(folder)
    yield from _checked(folder, 3)
    yield Progress("Checked the bank", 3, 3)
    return facts


def _checked(folder: Path, steps: int) -> Generator[Events, None, None]:
    """The first three of the steps: all files of a bank against its manifest."""
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.taste.basis import read_basis
    from photoaes.model.taste.prior import FILE, read_prior

    bank = read_bank(folder)
    yield Progress("Checking the experts", 0, steps)
    for _ in bank.check_tasks():  # one at a time: together they take gigabytes
        pass
    yield Progress("Checking the backbone", 1, steps)
    if bank.theta_pre_sha256:
        bank.theta_pre()
    yield Progress("Checking the prior", 2, steps)
    if read_prior(bank, read_basis(bank)) is not None and not bank.prior_sha256:
        yield Notice(f"{FILE} has no sha256 in {MANIFEST}: nobody can tell if it was changed.")


def fetch_backbone(folder: Path) -> Generator[Events, None, None]:
    """Download the pretrained backbone of a bank that does not carry one; closing cancels.

    What has arrived is kept, and the next time goes on from there. Raises BankInvalid or
    DownloadFailed.
    """
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.bank.pretrained import fetch_pretrained

    backbone = read_bank(folder).backbone
    progress, is_over = Progress(DOWNLOADING, 0, None), Event()

    def told(done: int, total: int) -> None:
        nonlocal progress
        if is_over.is_set():
            raise InterruptedError("Cancelled.")
        progress = Progress(DOWNLOADING, done // MEGABYTE, total // MEGABYTE or None)

    pool = ThreadPoolExecutor(1, thread_name_prefix="download")
    try:
        fetching = pool.submit(fetch_pretrained, backbone, None, told)
        yield progress
        while not fetching.done():
            wait([fetching], timeout=0.2)
            yield progress
        fetching.result()
    finally:
        is_over.set()
        # Not waited for: a connection that hangs must not keep the next job waiting.
        pool.shutdown(wait=False, cancel_futures=True)


def remove_bank(name: str, installed: Path) -> Path:
    """Delete an installed bank; its folder. Profiles that were learned with it stay.

    Raises InputInvalid if there is none of this name, or if the name leads elsewhere.
    """
    folder = installed / name
    if folder.parent != installed or not is_bank(folder):
        text = Sentence("No bank named {0!r} is installed in {1}.", name, installed)
        raise InputInvalid(text, folder)
    shutil.rmtree(folder)
    return folder


def devices() -> Generator[Events, None, list[DeviceFacts]]:
    """What could compute here. Loads torch, so it takes seconds the first time."""
    yield Progress("Looking for processors", 0, 1)
    from photoaes.model.device import NAMES, choose_device, device_problem

    found = []
    for name in NAMES[1:]:
        problem = device_problem(name)
        description = name if problem else choose_device(name).description
        found.append(DeviceFacts(name, description, problem))
    return found
