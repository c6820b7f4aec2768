"""FlatBuffers, as far as it takes to read a network: tables, vectors and numbers by their place.

Format: flatbuffers.dev, "FlatBuffers internals". Little-endian; a table starts with the distance
back to its list of fields, in which 2 bytes each tell where a field lies, 0 where it is left out.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class FlatTable:
    """One table of `data`, which starts at `at`. Fields go by their number in the schema."""

    data: bytes
    at: int

    def number(self, field: int, form: str, default: int = 0) -> int:
        """A number in one of `struct`'s forms."""
        place = self._place(field)
        return struct.unpack_from(f"<{form}", self.data, place)[0] if place else default

    def table(self, field: int) -> FlatTable | None:
        """The table that this field points to, or None."""
        place = self._place(field)
        return FlatTable(self.data, _followed(self.data, place)) if place else None

    def tables(self, field: int) -> list[FlatTable]:
        """The tables of this field's vector."""
        start, count = self.vector(field)
        places = range(start, start + 4 * count, 4)
        return [FlatTable(self.data, _followed(self.data, place)) for place in places]

    def numbers(self, field: int) -> list[int]:
        """The 4-byte numbers of this field's vector."""
        start, count = self.vector(field)
        return list(struct.unpack_from(f"<{count}i", self.data, start))

    def vector(self, field: int) -> tuple[int, int]:
        """Where its entries start, and how many there are."""
        place = self._place(field)
        if not place:
            return 0, 0
        start = _followed(self.data, place)
        [count] = struct.unpack_from("<I", self.data, start)
        return start + 4, count

    def _place(self, field: int) -> int:
        [back] = struct.unpack_from("<i", self.data, self.at)
        fields = self.at - back
        [size] = struct.unpack_from("<H", self.data, fields)
        entry = 4 + 2 * field
        if entry >= size:
            return 0
        [offset] = struct.unpack_from("<H", self.data, fields + entry)
        return self.at + offset if offset else 0


def root(data: bytes) -> FlatTable:
    """The table at the root of a file."""
    return FlatTable(data, _followed(data, 0))


def _followed(data: bytes, place: int) -> int:
    distance: int = struct.unpack_from("<I", data, place)[0]
    return place + distance
