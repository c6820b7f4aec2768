"""Fixtures of the command line's tests."""

import pytest

from tests.tiny import tiny_bank


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a tiny bank, as an option's value."""
    folder = tmp_path_factory.mktemp("bank")
    tiny_bank(folder)
    return str(folder)
