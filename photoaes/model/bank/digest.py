"""What identifies a bank's numbers; without torch, so that a window can ask before it is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from photoaes.model.paper.companions import is_installed


def bank_digest(
    theta_pre: str, tasks: Iterable[tuple[str, str]], basis: str = "", companion: str = ""
) -> str:
    """A hash over the hashes of a bank's files: of `theta_pre`, of each task by its name, and of
    the basis, if there is one. A companion counts by its name, and by whether it is installed.

    The prior's is not among them, see `Bank.digest`.
    A bank that takes its backbone's weights from open_clip has their tag for `theta_pre`.
    """
    parts = [theta_pre, *(f"{name}:{sha256}" for name, sha256 in tasks)]
    if basis:
        parts.append(basis)
    if companion:
        parts.append(companion if is_installed(companion) else f"without {companion}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
