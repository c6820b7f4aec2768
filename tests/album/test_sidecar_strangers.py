"""Sidecars that lie beside another photo than they were about."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.opening import Store
from photoaes.jobs.read_album import Found
from tests.album.pictures import shot
from tests.album.stores import marks
from tests.album.test_three_way import opened, outside, photo, store, write
from tests.album.xmp_files import rated

__all__ = ["photo", "store"]  # fixtures

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs the system's own times")


def test_a_photo_under_the_name_of_another_does_not_get_its_sidecar(
    store: Store, photo: Path
) -> None:
    """Renamed without it, or deleted without it: the camera gives the name again."""
    write(store, photo, Marks(3))
    other = outside(shot(photo.with_name("b.jpg"), 1), 4).with_name("b.jpg")
    opened(store, photo)
    photo.rename(photo.with_name("c.jpg"))
    other.unlink()
    shot(photo, 7)
    shot(other, 8)
    found = opened(store, photo)
    assert marks(store, photo) == marks(store, other) == Marks()
    assert marks(store, photo.with_name("c.jpg")).stars == 3
    assert [line.partition(":")[0] for line in found.disagreements] == [str(photo), str(other)]
    assert opened(store, photo) == Found()
    outside(photo, 5)
    assert opened(store, photo).stars == 1
    assert marks(store, photo).stars == 5


def test_photos_that_were_swapped_without_their_sidecars(store: Store, photo: Path) -> None:
    other = shot(photo.with_name("b.jpg"), 1)
    write(store, photo, Marks(3))
    write(store, other, Marks(5))
    photo.rename(photo.with_name("t"))
    other.rename(photo)
    photo.with_name("t").rename(other)
    assert opened(store, photo).changed == ()
    assert (marks(store, photo).stars, marks(store, other).stars) == (5, 3)
    assert opened(store, photo) == Found()


def test_photos_of_one_stem_share_a_sidecar(store: Store, photo: Path) -> None:
    other = shot(photo.with_suffix(".png"), 1)
    photo.with_suffix(".xmp").write_bytes(rated(4))
    opened(store, photo)
    third = shot(photo.with_suffix(".tif"), 2)
    opened(store, photo)
    assert [marks(store, one).stars for one in (photo, other, third)] == [4, 4, 4]


def test_photos_that_were_swapped_with_their_sidecars(store: Store, photo: Path) -> None:
    other = shot(photo.with_name("b.jpg"), 1)
    write(store, photo, Marks(3))
    write(store, other, Marks(5))
    for ending in ("", ".xmp"):
        one, two = (path.with_name(path.name + ending) for path in (photo, other))
        one.rename(photo.with_name("t"))
        two.rename(one)
        photo.with_name("t").rename(two)
    assert opened(store, photo) == Found()
    assert (marks(store, photo).stars, marks(store, other).stars) == (5, 3)


def test_a_sidecar_that_was_left_long_before_the_next_photo_comes(
    store: Store, photo: Path
) -> None:
    write(store, photo, Marks(3))
    moved = photo.rename(photo.with_name("c.jpg"))
    opened(store, photo)
    shot(photo, 7)
    opened(store, photo)
    photo.chmod(0o600)  # both are looked at again
    moved.chmod(0o600)
    assert opened(store, photo).stars == 0
    assert (marks(store, photo), marks(store, moved).stars) == (Marks(), 3)
    write(store, photo, Marks(1))
    photo.chmod(0o644)
    assert opened(store, photo) == Found()
    assert marks(store, photo).stars == 1


def test_a_photo_that_is_back_beside_its_sidecar(store: Store, photo: Path) -> None:
    write(store, photo, Marks(3))
    away = photo.rename(photo.with_name("c.jpg"))
    other = shot(photo, 7)
    opened(store, photo)
    other.unlink()
    away.rename(photo)
    assert opened(store, photo) == Found()
    outside(photo, 5)
    assert len(opened(store, photo).changed) == 1
    assert marks(store, photo).stars == 5


def test_a_list_of_a_folder_speaks_of_photos_that_come_later(store: Store, photo: Path) -> None:
    photo.with_name(".picasa.ini").write_text("[a.jpg]\nstar=yes\n[b.jpg]\nstar=yes\n")
    assert opened(store, photo).flags == 1
    other = shot(photo.with_name("b.jpg"), 1)
    assert opened(store, photo).flags == 1
    assert marks(store, other).flag is Flag.PICK
    assert opened(store, photo) == Found()


def test_a_copy_in_the_place_of_its_original_brings_its_own_sidecar(
    store: Store, photo: Path
) -> None:
    photo.with_suffix(".xmp").write_bytes(rated(4))
    opened(store, photo)
    copy = photo.parent.with_name("copy") / photo.name
    shutil.copytree(photo.parent, copy.parent)
    opened(store, copy)
    shutil.rmtree(photo.parent)
    copy.parent.rename(photo.parent)
    assert opened(store, photo) == Found()
    assert marks(store, photo).stars == 4
