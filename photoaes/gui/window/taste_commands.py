"""What the window's actions around tastes do: suggest, personalize, profiles, banks, sidecars."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from photoaes.album.columns import UNRATED
from photoaes.errors import PhotoaesError
from photoaes.gui.kit.habits import Habits
from photoaes.gui.kit.sentences import said
from photoaes.gui.views.dialogs.backbone_line import BackboneLine
from photoaes.gui.views.dialogs.banks import BanksBody, banks_dialog
from photoaes.gui.views.dialogs.details import details_dialog
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.views.dialogs.profiles import ProfilesBody, profiles_dialog
from photoaes.gui.views.dialogs.sidecars import SidecarsDialog
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.jobs.banks import DeviceFacts, devices, fetch_backbone, install_bank
from photoaes.jobs.events import Progress
from photoaes.jobs.mark import with_marks
from photoaes.jobs.read_album import OpenedAlbum
from photoaes.jobs.sidecars import SidecarPlan, Written, planned_sidecars
from photoaes.jobs.write_back import write_back
from photoaes.settings import banks_folder

SUGGESTED = 8


class TasteCommands(QObject):
    """Commands on the taste; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits
        window.taste.suggest_wanted.connect(self.suggest)
        window.taste.best_shots_wanted.connect(lambda: window.commanded.emit("best_shots"))
        window.taste.details_wanted.connect(self._details)
        window.taste.profiles_wanted.connect(self.profiles)
        window.taste.check.wanted.connect(self.check_me)
        parts.checking.ended.connect(lambda: window.show_page(window.grid))
        parts.learning.failed.connect(self._explain)
        parts.learning.changed.connect(self._learning_changed)
        parts.learning.ordered.connect(self._ordered)
        self._new = 0  # photos of the album that was opened last
        parts.opening.opened.connect(self._opened)
        parts.learning.recalling.recalled.connect(lambda _: self._tell_new())
        parts.surveying.progressed.connect(lambda now: window.status.background("scores", now))
        parts.surveying.failed.connect(self._explain)
        window.grid.moved.connect(self._follow_sight)
        window.actions_by_name["score_ahead"].setCheckable(True)
        window.actions_by_name["score_ahead"].setChecked(habits.now.score_ahead)
        parts.surveying.want(habits.now.score_ahead)
        window.guide.commanded.connect(window.commanded)
        window.guide.ended.connect(lambda: habits.change(guide=False))
        window.best_shots.opened.connect(window.guide.finish_if_last)
        filters, drawer = window.filters, window.best_shots
        filters.changed.connect(lambda: drawer.limit(filters.choice.conditions()))
        drawer.chosen.connect(window.status.choose_from)
        drawer.closed.connect(lambda: window.status.choose_from(None))
        window.guide.is_wanted = habits.now.guide
        window.guide.refresh()

    def personalize(self) -> None:
        """Learn from the ratings and rank the album."""
        if self._session.is_early:
            text = self.tr("The album is still being read: personalize in a moment.")
            self._session.told.emit(text, False)
            return
        self._parts.learning.personalize()

    def _opened(self, album: OpenedAlbum) -> None:
        self._new = album.summary.new

    def _tell_new(self) -> None:
        """What was learned of the others says nothing of them yet."""
        if self._new:
            text = self.tr("%Ln new photos have no score yet: personalize again.", "", self._new)
            self._session.told.emit(text, False)

    def suggest(self) -> None:
        """Show a few photos that would teach the most."""
        photos = self._parts.learning.suggestions(SUGGESTED)
        if not len(photos):
            columns = self._session.columns
            is_all_rated = columns is not None and bool((columns.own != UNRATED).all())
            text = (
                self.tr("Every photo is rated.")
                if is_all_rated
                else self.tr("The photos that are not rated cannot be looked at now.")
            )
            self._session.told.emit(text, False)
            return
        self._window.best_shots.leave()
        choice = replace(self._window.filters.choice, suggested=frozenset(photos.tolist()))
        self._window.filters.set(choice)
        self._window.show_page(self._window.grid)
        self._session.told.emit(self.tr("Rate these: they would teach the most."), False)

    def check_me(self) -> None:
        """Ten photos in the loupe, rated without their scores; or the end of that."""
        checking = self._parts.checking
        if checking.is_under_way:
            checking.finish()
            return
        self._window.best_shots.leave()
        if checking.start():
            self._window.show_page(self._window.loupe)
        else:
            text = self.tr("There are too few unrated photos with a score: personalize first.")
            self._session.told.emit(text, False)

    def score_ahead(self) -> None:
        """Make general scores in the background, or not."""
        self._habits.change(score_ahead=not self._habits.now.score_ahead)
        is_on = self._habits.now.score_ahead
        self._window.actions_by_name["score_ahead"].setChecked(is_on)
        self._parts.surveying.want(is_on)

    def _follow_sight(self) -> None:
        """What is in sight is scored first."""
        place = self._window.grid.place()
        row = None if place is None else self._session.shown.row_of(place[0])
        self._parts.surveying.first_row = row or 0

    def _ordered(self) -> None:
        """Who was at the top stays there, and sees the best; all others keep their place."""
        if self._window.grid.was_at_top:
            self._window.grid.verticalScrollBar().setValue(0)

    def _learning_changed(self) -> None:
        learning = self._parts.learning
        self._window.status.device(said(learning.device))
        if learning.profile != self._habits.now.profile:
            self._habits.change(profile=learning.profile)
        if learning.result is not None and learning.result.photos_per_second > 1:
            pace = learning.result.photos_per_second
            if learning.settings.pace != pace:
                learning.settings = replace(learning.settings, pace=pace)
                self._habits.change(pace=pace)

    def _details(self) -> None:
        learning = self._parts.learning
        if learning.taste is not None:
            unreadable = learning.result.unreadable if learning.result else ()
            details_dialog(self._window, learning.taste, unreadable).open()

    def profiles(self) -> None:
        """Open the dialog in which profiles are used, renamed, shared and deleted."""
        learning = self._parts.learning
        body = ProfilesBody(self._session.store, learning.profile, learning.use_profile)
        dialog = profiles_dialog(self._window, body)
        dialog.finished.connect(lambda _: learning.look_back())  # it may have another name now
        dialog.open()

    # -- banks and devices ----------------------------------------------------------------------

    def banks(self) -> None:
        """Open the dialog in which bank, device and method are chosen."""
        learning = self._parts.learning
        body = BanksBody(
            learning.settings.bank_folder,
            learning.settings.device,
            self._choose_bank,
            self._choose_device,
            lambda folder: self._install(folder, body),
            learning.settings.method,
            self._choose_method,
        )
        dialog = banks_dialog(self._window, body)
        body.download_wanted.connect(lambda folder: self._download(folder, body.backbone))
        body.backbone.cancel_wanted.connect(self._parts.worker.cancel)
        body.backbone.cancel_wanted.connect(lambda: self._window.status.progress(None))
        dialog.open()
        if learning.is_working:
            return  # the worker is at work, and looking for devices would stop it

        def show(found: list[DeviceFacts]) -> None:
            if dialog.isVisible():
                body.show_devices(found)

        self._parts.worker.add(devices(), done=show, failed=self._explain)

    def _choose_bank(self, folder: Path) -> None:
        self._parts.learning.set_bank(folder)
        is_installed = folder.parent == banks_folder()
        self._habits.change(bank=folder.name if is_installed else "")

    def _choose_device(self, name: str) -> None:
        learning = self._parts.learning
        learning.settings = replace(learning.settings, device=name, pace=0.0)
        self._habits.change(device=name, pace=0.0)

    def _choose_method(self, name: str) -> None:
        learning = self._parts.learning
        learning.settings = replace(learning.settings, method=name)
        self._habits.change(method=name)

    def _install(self, folder: Path, body: BanksBody) -> None:
        self._parts.worker.start(
            install_bank(folder, banks_folder()),
            done=lambda _: body.refresh(),
            failed=self._explain,
            progress=self._progress,
        )

    def _download(self, folder: Path, line: BackboneLine) -> None:
        """After a press on the button, and never else; it goes on while the dialog is closed."""
        if self._parts.learning.is_working or self._parts.opening.is_busy:
            line.say(self.tr("Something else is under way. Download when it has ended."))
            return
        line.progress(Progress("", 0, None))
        self._parts.worker.start(
            fetch_backbone(folder),
            done=lambda _: self._fetched(line),
            failed=lambda error: self._not_fetched(error, line),
            progress=lambda events: self._fetching(events[-1], line),
        )

    def _fetching(self, progress: Progress, line: BackboneLine) -> None:
        line.progress(progress)
        self._window.status.progress(progress, self.tr("Downloading the network"))

    def _fetched(self, line: BackboneLine) -> None:
        self._window.status.progress(None)
        line.say(self.tr("The network is on this computer."))

    def _not_fetched(self, error: Exception, line: BackboneLine) -> None:
        self._window.status.progress(None)
        if isinstance(error, PhotoaesError):
            line.say(said(error))
        else:
            line.say("")
            self._explain(error)

    # -- sidecars -------------------------------------------------------------------------------

    def write_xmp(self) -> None:
        """Show what would be written, and write it if the person wants it."""
        if self._session.columns is None:
            return
        paths = [photo.path for photo in self._session.photos]
        self._parts.worker.add(
            with_marks(self._session.store, paths, partial(planned_sidecars, self._session.paired)),
            done=self._ask_to_write,
            failed=self._explain,
        )

    def _ask_to_write(self, plan: list[SidecarPlan]) -> None:
        planned = [(one.path, one.words()) for one in plan]
        names = self._habits.now.adobe_names
        dialog = SidecarsDialog(self._window, planned, adobe_names=names)
        dialog.accepted.connect(lambda: self._write(plan, dialog.adobe_names.isChecked()))
        dialog.open()

    def _write(self, plan: list[SidecarPlan], adobe_names: bool) -> None:
        self._habits.change(adobe_names=adobe_names)
        self._parts.worker.add(
            write_back(self._session.store, plan, use_adobe_name=adobe_names),
            done=self._written,
            failed=self._explain,
            progress=self._progress,
        )

    def _written(self, outcome: Written) -> None:
        self._window.status.progress(None)
        problems = outcome.problems
        text = self.tr("%Ln sidecar files written.", "", outcome.count)
        if problems:
            first = said(problems[0])
            text += " " + self.tr("%Ln could not be: {0}", "", len(problems)).format(first)
        self._session.told.emit(text, False)

    # -- shared ---------------------------------------------------------------------------------

    def _progress(self, events: list[Any]) -> None:
        for event in events[-1:]:
            if isinstance(event, Progress):
                self._window.status.progress(event)

    def _explain(self, error: Exception) -> None:
        self._window.status.progress(None)
        problem_box(self._window, error).open()
