"""What the window is made of besides widgets, in one place, so that it is passed on as one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication

from photoaes.gui.kit.asking import Asking
from photoaes.gui.kit.saver import Saver
from photoaes.gui.kit.worker import Worker
from photoaes.gui.state.absence import Absence
from photoaes.gui.state.checking import Checking
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.moving import Moving
from photoaes.gui.state.opening import Opening
from photoaes.gui.state.preparing import Preparing
from photoaes.gui.state.session import Session
from photoaes.gui.state.surveying import Surveying
from photoaes.gui.views.dragging import OURS
from photoaes.gui.views.large_images import LargeImages
from photoaes.gui.views.loupe_aids import LoupeAids
from photoaes.gui.views.thumbnails import Thumbnails
from photoaes.gui.views.versions import versions_in


@dataclass(frozen=True)
class Parts:
    """Made by `app`, which also stops the threads in it."""

    session: Session
    worker: Worker
    thumbnails: Thumbnails
    images: LargeImages
    opening: Opening
    learning: Learning
    checking: Checking
    absence: Absence
    aids: LoupeAids
    preparing: Preparing
    moving: Moving
    surveying: Surveying
    asking: Asking
    saver: Saver

    def follow_album(self) -> None:
        """The album was read, perhaps anew: no picture of a photo that has changed stays."""
        held = self.thumbnails.held | self.images.held
        now = versions_in(self.session.photos, self.session.place_of, held)
        self.thumbnails.follow(now)
        self.images.follow(now)

    def stop(self) -> None:
        """End all threads and wait for them."""
        self.absence.stop()
        self.asking.stop()
        self.saver.stop()
        self.preparing.stop()
        self.surveying.stop()
        self.opening.cancel()
        self.learning.stop()
        self.worker.stop()
        self.session.marking.stop()
        self.thumbnails.stop()
        self.images.stop()
        self.aids.stop()
        # A photo on the clipboard is Python's: Qt would free it when the interpreter is gone.
        clipboard = QGuiApplication.clipboard()
        if (data := clipboard.mimeData()) and data.hasFormat(OURS):
            clipboard.clear()
