"""Which banks there are: the bundled one, and those installed in the user's data folder."""

from __future__ import annotations

from pathlib import Path

from photoaes.errors import BankInvalid, InputInvalid
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.bank.schema import MANIFEST, is_bank


def find_bank(name: str | None, bundled: Path, installed: Path) -> Bank:
    """The bank that `name` means: a folder, an installed bank, or by default the bundled one.

    Raises BankInvalid if there is none of that name, and names those that there are.
    """
    if name is None:
        return read_bank(bundled)
    if is_bank(Path(name)):
        return read_bank(Path(name))
    for folder in bank_folders(bundled, installed):
        if folder.name == name:
            return read_bank(folder)
    known = ", ".join(folder.name for folder in bank_folders(bundled, installed)) or "none"
    raise BankInvalid(
        f"There is no bank {name!r}: no folder with a {MANIFEST}, nor installed ({known})."
    )


def bank_folders(bundled: Path, installed: Path) -> list[Path]:
    """The folders of the banks at hand, the bundled one first; hidden ones are no whole banks."""
    try:
        folders = sorted(installed.iterdir())
    except OSError:  # none is installed, or nobody may look
        folders = []
    whole = [folder for folder in folders if not folder.name.startswith(".")]
    return [folder for folder in [bundled, *whole] if is_bank(folder)]


def installed_folder(name: str, installed: Path) -> Path:
    """Where an installed bank of that name lies. Raises InputInvalid if it would lie elsewhere."""
    if not name.replace("-", "").replace("_", "").isalnum():
        raise InputInvalid(f"{name!r} cannot name a bank: use letters, digits, - and _.")
    return installed / name
