"""A profile that is damaged in the store."""

from dataclasses import replace

import pytest

from photoaes.album.store.opening import open_store
from photoaes.album.store.profiles import (
    damaged_profiles,
    load_profile,
    profiles,
    remove_profile,
    save_profile,
)
from photoaes.errors import InputInvalid
from tests.album.people import ANN


@pytest.mark.parametrize(
    "change",
    [
        "coefficients = '['",
        "coefficients = '[1]'",
        "coefficients = replace(hex(zeroblob(100000)), '0', '[')",
        """coefficients = '{"a": {"b": 1e999}}'""",
        """coefficients = '{"a": {"b": 1, "b": 2}}'""",
        "support = '[1]'",
        "support = 'null'",
        """support = '[["x", 3]]'""",
        """agreement = '{"pairs": "NaN"}'""",
        """readout = '{"features": [[]]}'""",
        "readout = ''",
    ],
)
def test_one_damaged_profile_hides_no_other_and_can_be_removed(
    change: str, caplog: pytest.LogCaptureFixture
) -> None:
    """SQLite notices no bit that has flipped in a text."""
    with open_store(None) as store:
        save_profile(store, ANN)
        save_profile(store, replace(ANN, name="Bob"))
        store.connection.execute(f"UPDATE profiles SET {change} WHERE name = 'Bob'")
        assert profiles(store) == [ANN]
        assert damaged_profiles(store) == ["Bob"]
        assert "'Bob' is damaged" in caplog.text
        with pytest.raises(InputInvalid, match="'Bob' is damaged. Learn it anew"):
            load_profile(store, "Bob")
        remove_profile(store, "Bob")
        save_profile(store, replace(ANN, name="Bob"))
        assert len(profiles(store)) == 2
