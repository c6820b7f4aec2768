"""Banks by strangers, mutated: used or refused with a sentence, and nobody is asked."""

from __future__ import annotations

import copy
import random

import pytest

from photoaes.errors import BankInvalid, PhotoaesError
from photoaes.jobs.banks import verify_bank
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.bank.schema import read_manifest
from tests.model.strange_banks import (
    entries_of,
    mutated,
    say,
)

pytestmark = pytest.mark.usefixtures("no_network")


def test_mutated_manifests_are_read_or_refused(bank: Bank) -> None:
    said, dice = entries_of(bank), random.Random(15)
    said_so: list[str] = []
    for _ in range(400):
        say(bank, mutated(copy.deepcopy(said), dice))
        try:
            read_manifest(bank.folder)
            read_bank(bank.folder)
        except BankInvalid as error:
            said_so.append(str(error))
    assert len(said_so) > 200
    assert all(map(str.isprintable, said_so))


@pytest.mark.parametrize("seed", range(3))
def test_mutated_banks_are_verified_or_refused(bank: Bank, seed: int) -> None:
    said, dice = entries_of(bank), random.Random(seed)
    for _ in range(15):
        say(bank, mutated(copy.deepcopy(said), dice))
        try:
            for _event in verify_bank(bank.folder):
                pass
        except PhotoaesError:
            continue
