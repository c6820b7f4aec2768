"""The window's start: opens it before anything slow, runs the loop, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import gc
import itertools
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from photoaes import interrupts
from photoaes.album.store.feature_cache import FILE_NAME as FEATURES
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import FILE_NAME, Store, open_store
from photoaes.album.store.salvage import salvage
from photoaes.errors import BankInvalid, PhotoaesError
from photoaes.gui.kit import theme
from photoaes.gui.kit.asking import Asking
from photoaes.gui.kit.display import display_problem
from photoaes.gui.kit.habits import Habits
from photoaes.gui.kit.saver import Saver
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.worker import Worker
from photoaes.gui.state.absence import Absence
from photoaes.gui.state.checking import Checking
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.moving import Moving
from photoaes.gui.state.opening import Opening
from photoaes.gui.state.preparing import Preparing
from photoaes.gui.state.session import Session
from photoaes.gui.state.stage import Settings
from photoaes.gui.state.surveying import Surveying
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.views.large_images import LargeImages
from photoaes.gui.views.loupe_aids import LoupeAids
from photoaes.gui.views.thumbnails import Thumbnails
from photoaes.gui.window.commands import Commands
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.images.thumbnail_cache import ThumbnailCache
from photoaes.jobs.banks import MANIFEST, bank_facts
from photoaes.plain_files import is_own_file
from photoaes.preferences import Preferences, load_preferences
from photoaes.settings import (
    APP,
    banks_folder,
    cache_folder,
    data_folder,
    log_file,
    moves_folder,
    resources_folder,
    starter_bank_folder,
    thumbnails_folder,
)

COLLECT_MS = 2000
TORCH_MS = 300
FREEZE_TURN, FULL_TURNS = 10, 30
MANY = 50_000  # objects that are walked within some 10 ms
LOG_BYTES = 1 << 20
# A call of Qt's lets go of Python for a moment, and another thread that computes may then keep it
# this long. With Python's own 5 ms, few such calls in a turn of the window's are 50 ms of waiting.
TURN_S = 0.0005


def main(arguments: Sequence[str] = ()) -> int:
    """Open the window, with the folder that is named if one is; the exit value."""
    # torch's threads spin while they wait for each other, and slow everything else down.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if (problem := display_problem()) is not None:
        sys.stderr.write(f"photoaes: {problem}\n")
        return 1
    application = QApplication([APP, *arguments[1:]])
    application.setApplicationName(APP)
    application.setDesktopFileName("io.github.photoaes.photoaes")
    settle_locale()
    translators = translate(application, QLocale())
    try:
        preferences = load_preferences(data_folder())
        theme.apply(application, preferences.theme)
        store = _store()
    except PhotoaesError as refusal:  # no ratings, no window: but say why
        turns = collect_here(application)  # Python's turn now and then, or it would hear no signal
        QMessageBox.critical(None, APP, said(refusal))
        turns.stop()
        return 1
    with store, FeatureCache(cache_folder() / FEATURES) as cache:
        window, parts = build(store, cache, preferences)
        _catch_bugs(window)
        collector = collect_here(application)
        application.aboutToQuit.connect(parts.stop)
        window.show()
        for notice in store.opening.notices:
            parts.session.told.emit(said(notice), False)
        folder = _first_folder(arguments, preferences)
        if folder is not None:
            window.dropped.emit(folder)
        QTimer.singleShot(TORCH_MS, parts.opening, partial(_import_torch, parts.opening))
        for number, code in interrupts.CODES.items():
            signal.signal(number, partial(_end, application, number, code))
        value = application.exec()
        collector.stop()
        translators.clear()
    return value


def _end(application: QApplication, number: int, code: int, *_: object) -> None:
    interrupts.end_soon(number)
    application.exit(code)


def build(store: Store, cache: FeatureCache, preferences: Preferences) -> tuple[MainWindow, Parts]:
    """The window and what is behind it, not shown yet. `parts.stop` ends its threads."""
    settle_locale()
    sys.setswitchinterval(TURN_S)
    session, worker = Session(store), Worker()
    settings = Settings(
        _bank_folder(preferences), preferences.device, preferences.pace, preferences.method
    )
    learning = Learning(session, worker, cache, settings)
    learning.profile = preferences.profile or learning.profile
    kept = ThumbnailCache(thumbnails_folder())
    digest = partial(_digest_and_profile, learning)
    opening = Opening(session, worker, cache, digest)

    def is_needed() -> bool:
        return opening.is_busy or learning.is_working

    preparing = Preparing(session, kept, is_needed)
    surveying = Surveying(session, worker, cache, learning, is_needed, preparing.opened)
    preparing.is_followed = lambda: surveying.is_on
    thumbnails = Thumbnails(kept)
    parts = Parts(
        session,
        worker,
        thumbnails,
        LargeImages(thumbnails),
        opening,
        learning,
        Checking(session),
        Absence(session),
        LoupeAids(),
        preparing,
        Moving(session, worker, moves_folder()),
        surveying,
        Asking(),
        Saver(),
    )
    parts.opening.read.connect(lambda _: learning.recalling.soon())
    parts.opening.begun.connect(parts.surveying.give_way)
    parts.opening.read.connect(lambda _: parts.surveying.start_soon())
    session.album_changed.connect(parts.follow_album)  # before widgets ask for pictures
    window = MainWindow(parts)
    # The window owns what has to live as long as it does.
    pictures = (parts.thumbnails, parts.images, parts.aids)
    for owned in (session, worker, *pictures, parts.absence, parts.asking):
        owned.setParent(window)
    Commands(window, parts, Habits(preferences, data_folder(), parts.saver))
    return window, parts


def settle_locale() -> None:
    """Where the system names no country (LANG=C), numbers and dates are written as in English."""
    if QLocale().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


def translate(application: QApplication, locale: QLocale) -> list[QTranslator]:
    """Put our words and Qt's into the user's language, where there is a translation."""
    installed = []
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((APP, str(resources_folder() / "translations")), ("qtbase", qt)):
        translator = QTranslator(application)
        if translator.load(locale, name, "_", folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed


def collect_here(parent: QApplication) -> QTimer:
    """Collect garbage in the GUI thread alone.

    Python's collector runs on whichever thread allocates; on a worker's it would destroy QObjects
    there, which crashes Qt. What libraries and large albums are made of is not walked again: it
    goes when nobody refers to it any more. Only what refers to itself and was made while an album
    was opened stays.
    """
    gc.disable()
    turns = itertools.count(1)
    walked = 0

    def collect() -> None:
        nonlocal walked
        turn = next(turns)
        walked += max(gc.get_count()[0], 0)  # made since the last time and still there
        if turn == FREEZE_TURN or walked > MANY:
            gc.freeze()
            walked = 0
        gc.collect(2 if turn % FULL_TURNS == 0 else 1)

    timer = QTimer(parent)
    timer.timeout.connect(collect)
    timer.start(COLLECT_MS)
    return timer


def _store() -> Store:
    store = open_store(data_folder() / FILE_NAME)
    _log_to_file()  # into the folder that now is there
    if store.opening.recovery:
        salvage(store)
    return store


def _first_folder(arguments: Sequence[str], preferences: Preferences) -> Path | None:
    """The one that was named, else the one that was open last, there or not."""
    if arguments:
        return Path(arguments[0]).expanduser().absolute()
    return Path(preferences.recent[0]) if preferences.recent else None


def _bank_folder(preferences: Preferences) -> Path:
    chosen = banks_folder() / preferences.bank
    if preferences.bank and (chosen / MANIFEST).is_file():
        return chosen
    return starter_bank_folder()


def _digest_and_profile(learning: Learning) -> tuple[str, str]:
    return _digest(learning.settings.bank_folder), learning.profile


def _digest(folder: Path) -> str:
    try:
        return bank_facts(folder).digest
    except BankInvalid:
        return ""


def _log_to_file() -> None:
    try:
        if not is_own_file(log_file()):
            return  # a pipe would be waited for, and a photo behind a link written into
        handler = RotatingFileHandler(
            log_file(), maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8"
        )
    except OSError:  # a log is no reason to keep anybody from their ratings
        return
    logging.raiseExceptions = False  # a full disk is told where it matters
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger(APP).addHandler(handler)
    logging.getLogger(APP).setLevel(logging.INFO)


def _catch_bugs(window: MainWindow) -> None:
    """A bug becomes a line in the log and a box that says so, and the window goes on."""
    log = logging.getLogger(APP)

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("A bug", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            problem_box(window, error).open()

    sys.excepthook = caught


def _import_torch(opening: Opening) -> None:
    """In the background, so that the first Personalize need not wait for it; and not before photos
    are on show, which would have to share the interpreter with it."""
    if opening.is_busy and not opening.is_shown:
        QTimer.singleShot(TORCH_MS, opening, partial(_import_torch, opening))
        return

    def imported() -> None:
        # Whoever needs it imports it again and is told; a program that ends breaks this off.
        with contextlib.suppress(Exception):
            __import__("torch")

    threading.Thread(target=imported, name="torch", daemon=True).start()
