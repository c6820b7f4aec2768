"""The sample album as a job."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from photoaes.jobs.events import Progress


def make_sample(folder: Path) -> Generator[Progress, None, Path]:
    """Render what is missing of the sample album; the folder. Raises InputInvalid."""
    from photoaes.sample import make_album

    for done, total in make_album(folder):
        yield Progress("Rendering the sample album", done, total)
    return folder
