"""The sample album as it is shipped, and a tiny one that its painter made just now."""

from pathlib import Path

import pytest

from photoaes.settings import sample_album_folder
from sample_album import make_album

SCALE = 0.08


def run(folder: Path, seed: int = 0, stop_after: int | None = None) -> list[Path]:
    """Makes a tiny album; `stop_after` interrupts it before that photo, as cancelling does."""
    job = make_album(folder, seed, SCALE)
    while True:
        try:
            done, _ = next(job)
        except StopIteration as end:
            files: list[Path] = end.value
            return files
        if done == stop_after:
            job.close()
            return []


@pytest.fixture(scope="session")
def shipped() -> Path:
    return sample_album_folder()


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "album"
    run(folder)
    return folder
