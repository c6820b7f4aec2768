"""A profile that is damaged in the store."""

from dataclasses import replace

import pytest

from photoaes.album.store.opening import open_store
from photoaes.album.store.profiles import (
    Profile,
    SupportPhoto,
    damaged_profiles,
    load_profile,
    profiles,
    remove_profile,
    save_profile,
)
from photoaes.errors import InputInvalid

ANN = Profile(
    name="Ann",
    bank="starter",
    bank_digest="d" * 64,
    seed=7,
    coefficients={"ava": {"head": 0.3}},
    support=(SupportPhoto("ab" * 16, 5),),
    agreement={"pairs": 0.78},
    learned_at="2026-11-24T00:00:00+00:00",
    readout={"constant": 3.5, "features": {"embedding": [0.5, -2.0]}},
)


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
