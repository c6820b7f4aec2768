"""How many faces a photo shows, and how many with closed eyes, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.album.columns import Columns


class FaceText(QObject):
    """A QObject for its plurals."""

    def lines(self, columns: Columns, photo: int) -> list[str]:
        """None where nobody has looked, or nobody is."""
        faces, closed = int(columns.faces[photo]), int(columns.closed_eyes[photo])
        if faces <= 0:
            return []
        lines = [self.tr("%Ln faces", "", faces)]
        if closed:
            lines.append(self.tr("%Ln faces with closed eyes", "", closed))
        return lines
