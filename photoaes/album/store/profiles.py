"""Taste profiles in the store: what a fit has learned, under a name."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from photoaes import checked
from photoaes.album.store.opening import Store
from photoaes.errors import BankInvalid, InputInvalid, Sentence

log = logging.getLogger(__name__)
LONGEST = 200  # letters of a name, or of another text in a profile


@dataclass(frozen=True)
class SupportPhoto:
    """A photo that was learned from: its `identity.content_hash` as hex, and its stars 1..5."""

    hash: str
    stars: int


@dataclass(frozen=True)
class Profile:
    """`coefficients` are alpha[task][layer]; they mean something with the bank of this digest only.

    `readout` (as `model.readout` writes it) scores photos where it is there; a profile of the
    paper's fit has none, and the merged model scores.

    `seed`, `support` and the bank are what it takes to learn them again. `agreement` holds figures
    on held-out ratings by their names, such as "pairs" (0..1). `learned_at` is UTC, as ISO 8601.
    """

    name: str
    bank: str
    bank_digest: str
    seed: int
    coefficients: Mapping[str, Mapping[str, float]]
    support: tuple[SupportPhoto, ...]
    agreement: Mapping[str, float]
    learned_at: str
    readout: Mapping[str, Any] = field(default_factory=dict)


def _photo(value: Any) -> Any:
    digest, stars = checked.listed(lambda one: one, 2, 2)(value)
    return _HASH(digest), _STARS(stars)


def _row(value: Any) -> Any:
    """A readout's part: numbers by name, or in a row, or a number."""
    if isinstance(value, dict):
        return checked.mapped(_row, _MANY)(value)
    return (checked.listed(_NUMBER, 0, _MANY) if isinstance(value, list) else _NUMBER)(value)


_MANY = 1_000_000
_NUMBER, _STARS = checked.number(), checked.whole(1, 5)
_HASH = checked.matching("[0-9a-f]{32}", "hash")
_NUMBERS = checked.mapped(_NUMBER, _MANY)
_COEFFICIENTS = checked.mapped(_NUMBERS, _MANY)
_SUPPORT = checked.listed(_photo, 0, _MANY)
_READOUT = checked.mapped(_row, _MANY)


def save_profile(store: Store, profile: Profile) -> None:
    """Keep a new profile. Raises InputInvalid if the name is empty or taken."""
    with store.transaction():
        check_name(store, profile.name)
        _insert(store, profile)


def replace_profile(store: Store, profile: Profile) -> None:
    """Keep a profile in the place of the one of its name, whose scores go, or as a new one."""
    with store.transaction():
        store.connection.execute("DELETE FROM profiles WHERE name = ?", (profile.name,))
        check_name(store, profile.name)
        _insert(store, profile)


def _insert(store: Store, profile: Profile) -> None:
    store.connection.execute(
        "INSERT INTO profiles (name, learned_at, bank, bank_digest, seed, coefficients, "
        "support, agreement, readout) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            profile.name,
            profile.learned_at,
            profile.bank,
            profile.bank_digest,
            profile.seed,
            json.dumps(profile.coefficients, allow_nan=False),
            json.dumps([[one.hash, one.stars] for one in profile.support]),
            json.dumps(profile.agreement, allow_nan=False),
            json.dumps(profile.readout, allow_nan=False),
        ),
    )


def load_profile(store: Store, name: str) -> Profile:
    """Raises InputInvalid if there is no profile of this name."""
    for profile in profiles(store):
        if profile.name == name:
            return profile
    if name in damaged_profiles(store):
        text = "The taste profile {0!r} is damaged. Learn it anew under its name, or remove it."
        raise InputInvalid(Sentence(text, name))
    raise _unknown(name)


def profiles(store: Store) -> list[Profile]:
    """All profiles that can be used, the oldest in the store first; see `damaged_profiles`."""
    return [one for one in _read(store) if isinstance(one, Profile)]


def damaged_profiles(store: Store) -> list[str]:
    """The names of profiles that cannot be read: SQLite sees no bit that has flipped in a text.
    They can be removed, and learned anew under their names."""
    return [one for one in _read(store) if isinstance(one, str)]


def _read(store: Store) -> Iterator[Profile | str]:
    """Each profile, or the name of one that is damaged."""
    for row in store.rows(
        "SELECT name, bank, bank_digest, seed, coefficients, support, agreement, learned_at, "
        "readout FROM profiles ORDER BY id"
    ):
        try:
            yield _profile(*row)
        except checked.Wrong as wrong:
            log.warning("The taste profile %r is damaged: %s", row[0], wrong)
            yield row[0]


def _profile(
    name: str,
    bank: str,
    bank_digest: str,
    seed: int,
    coefficients: str,
    support: str,
    agreement: str,
    learned_at: str,
    readout: str,
) -> Profile:
    """Raises checked.Wrong."""
    photos = _SUPPORT(checked.parsed_json(support))
    return Profile(
        name,
        bank,
        bank_digest,
        seed,
        _COEFFICIENTS(checked.parsed_json(coefficients)),
        tuple(SupportPhoto(digest, stars) for digest, stars in photos),
        _NUMBERS(checked.parsed_json(agreement)),
        learned_at,
        _READOUT(checked.parsed_json(readout)),
    )


def rename_profile(store: Store, name: str, to: str) -> None:
    """Its scores stay with it. Raises InputInvalid for an unknown, an empty or a taken name."""
    with store.transaction():
        if to != name:
            check_name(store, to)
        changed = store.connection.execute(
            "UPDATE profiles SET name = ? WHERE name = ?", (to, name)
        ).rowcount
        if not changed:
            raise _unknown(name)


def remove_profile(store: Store, name: str) -> None:
    """With its scores. Raises InputInvalid if there is no profile of this name."""
    with store.transaction():
        if not store.connection.execute("DELETE FROM profiles WHERE name = ?", (name,)).rowcount:
            raise _unknown(name)


def with_free_name(store: Store, profile: Profile) -> Profile:
    """The profile, with a number behind its name if that is taken: "Ann (2)"."""
    taken = {name for (name,) in store.rows("SELECT name FROM profiles")}
    name, number = profile.name, 1
    while name in taken:
        number += 1
        name = f"{profile.name} ({number})"
    return replace(profile, name=name)


def check_bank(profile: Profile, bank_digest: str) -> None:
    """Raise BankInvalid unless the profile was learned with this very bank."""
    if profile.bank_digest != bank_digest:
        raise BankInvalid(
            Sentence(
                "The taste profile {0!r} was learned with the bank {1!r} ({2}) and means nothing "
                "with this one ({3}). Install that bank, or learn a new profile.",
                profile.name,
                profile.bank,
                profile.bank_digest[:12],
                bank_digest[:12],
            )
        )


def is_name(text: str) -> bool:
    """Whether it can be shown, in one line that is not too long."""
    return len(text) <= LONGEST and text.isprintable()


def check_name(store: Store, name: str) -> None:
    """Raises InputInvalid if a new profile cannot have this name."""
    if not name.strip():
        raise InputInvalid("A taste profile needs a name.")
    if not is_name(name):  # its file would not be read again
        text = Sentence(
            "The name of a taste profile has at most {0} letters that can be shown.", LONGEST
        )
        raise InputInvalid(text)
    if store.rows("SELECT 1 FROM profiles WHERE name = ?", (name,)):
        raise InputInvalid(
            Sentence("There is a taste profile {0!r} already. Choose another name.", name)
        )


def _unknown(name: str) -> InputInvalid:
    return InputInvalid(f"There is no taste profile {name!r}.")
