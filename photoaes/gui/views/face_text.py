"""How many faces a photo shows, how many with closed eyes or out of focus, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.album.columns import Columns


class FaceText(QObject):
    """Says in words what is known of faces. A QObject, since `tr` needs one for plurals."""

    def lines(self, columns: Columns, index: int) -> list[str]:
        """What is known of a photo's faces, a line each; none if there are none."""
        faces = int(columns.faces[index])
        if faces <= 0:
            return []
        lines = [self.tr("%Ln faces", "", faces)]
        if closed := int(columns.closed_eyes[index]):
            lines.append(self.tr("%Ln faces with closed eyes", "", closed))
        if soft := int(columns.soft_faces[index]):
            lines.append(self.tr("%Ln faces out of focus", "", soft))
        return lines

    def names(self) -> dict[str, str]:
        """The title of each word of `filtering.FACES`."""
        return {
            "some": self.tr("With faces"),
            "closed eyes": self.tr("Closed eyes"),
            "soft": self.tr("Out of focus"),
            "none": self.tr("Nobody"),
        }
