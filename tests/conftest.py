"""Fixtures that tests of several modules share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.originals import contents

_REPOSITORY = Path(__file__).parents[1]

# The same examples each time, however slow the machine is: no submission fails by an example that
# chance brought. packaging/fuzz looks for new ones, and remembers what failed.
settings.register_profile(
    "tests", deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
settings.register_profile("fuzz", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("fuzz" if "PHOTOAES_FUZZ" in os.environ else "tests")


@pytest.fixture(scope="session")
def shared_data() -> Iterator[Path]:
    """The folder of real and odd files: $PHOTOAES_DATA, else ../shared/data. Skips without it.

    All that the tests do with the odd files leaves them as they are, with nothing beside them.
    """
    folder = Path(os.environ.get("PHOTOAES_DATA", _REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no test photos in {folder}; set PHOTOAES_DATA to their folder")
    before = contents(folder / "odd")
    yield folder
    assert contents(folder / "odd") == before


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or touches the store, banks and cache of whoever runs it."""
    monkeypatch.setenv("PHOTOAES_HOME", str(tmp_path / "photoaes home"))
