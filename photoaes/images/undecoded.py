"""An image whose size is known and whose pixels are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from PIL._imaging import PixelAccess

Decode = Callable[[bool], Image.Image]


class Undecoded(Image.Image):
    """RGB for whoever asks before `decode` ran, then what that made.

    `decode` is told whether half the size in each direction is enough: developing a RAW file so is
    five times as quick. It is not to be called once the file is closed.
    """

    def __init__(self, size: tuple[int, int], decode: Decode, *, mode: str = "RGB") -> None:
        super().__init__()
        self._mode, self._size = mode, size
        self._decode, self._is_half = decode, False

    def draft(self, mode: str | None, size: tuple[int, int] | None) -> None:
        """As of JPEGs: at least this size, or as it is."""
        if not size or self._im is not None or self._is_half:
            return
        if self.width >= 2 * size[0] and self.height >= 2 * size[1]:
            self._is_half = True
            self._size = ((self.width + 1) // 2, (self.height + 1) // 2)

    def load(self) -> PixelAccess | None:
        """Decode the pixels, the first time that they are asked for."""
        if self._im is None:
            made = self._decode(self._is_half)
            made.load()
            self._mode, self._size, self.im = made.mode, made.size, made.im
        return super().load()
