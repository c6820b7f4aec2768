"""Every action of the window with its keys: the menu, the shortcuts and the sheet of keys are made
from this list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

CONTEXT = "Actions"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for lupdate, which knows this name; Qt's own has no type."""
    return text


@dataclass(frozen=True)
class Spec:
    """`name` is the handler's; marks are handled by `keys` and listed here for the sheet."""

    name: str
    group: str
    text: str
    keys: tuple[str, ...] = ()
    is_mark: bool = False

    def title(self) -> str:
        """The text in the user's language."""
        return QCoreApplication.translate(CONTEXT, self.text)

    def shown_keys(self) -> str:
        """The keys as the user's system writes them."""
        if self.is_mark:
            return ", ".join(self.keys)
        native = QKeySequence.SequenceFormat.NativeText
        return ", ".join(QKeySequence(key).toString(native) for key in self.keys)


ALBUM = QT_TRANSLATE_NOOP("Actions", "Album")
VIEW = QT_TRANSLATE_NOOP("Actions", "View")
PHOTO = QT_TRANSLATE_NOOP("Actions", "Photo")
MARK = QT_TRANSLATE_NOOP("Actions", "Rate and mark")
TASTE = QT_TRANSLATE_NOOP("Actions", "Taste")
HELP = QT_TRANSLATE_NOOP("Actions", "Help")

SPECS = (
    Spec("open_folder", ALBUM, QT_TRANSLATE_NOOP("Actions", "Open a folder\u2026"), ("Ctrl+O",)),
    Spec("open_sample", ALBUM, QT_TRANSLATE_NOOP("Actions", "Open the sample album")),
    Spec("rescan", ALBUM, QT_TRANSLATE_NOOP("Actions", "Look for new photos"), ("F5",)),
    Spec("best_shots", ALBUM, QT_TRANSLATE_NOOP("Actions", "Best shots\u2026"), ("Ctrl+E",)),
    Spec("export_rejected", ALBUM, QT_TRANSLATE_NOOP(
         "Actions", "Copy rejected photos to a folder\u2026")),
    Spec("move_rejected", ALBUM, QT_TRANSLATE_NOOP(
         "Actions", "Move rejected photos to a folder\u2026")),
    Spec("move_back", ALBUM, QT_TRANSLATE_NOOP("Actions", "Move rejected photos back")),
    Spec("write_xmp", ALBUM, QT_TRANSLATE_NOOP("Actions", "Write stars to sidecar files\u2026")),
    Spec("clocks", ALBUM, QT_TRANSLATE_NOOP("Actions", "Clocks of the cameras\u2026")),
    Spec("find_faces", ALBUM, QT_TRANSLATE_NOOP("Actions", "Find faces and closed eyes")),
    Spec("settle", ALBUM, QT_TRANSLATE_NOOP("Actions", "Open questions\u2026")),
    Spec("forget_missing", ALBUM, QT_TRANSLATE_NOOP("Actions", "Forget missing photos\u2026")),
    Spec("quit", ALBUM, QT_TRANSLATE_NOOP("Actions", "Quit"), ("Ctrl+Q",)),
    Spec("grid", VIEW, QT_TRANSLATE_NOOP("Actions", "Grid"), ("G",)),
    Spec("loupe", VIEW, QT_TRANSLATE_NOOP("Actions", "Loupe"), ("E", "Return")),
    Spec("toggle_loupe", VIEW, QT_TRANSLATE_NOOP("Actions", "Grid and back"), ("Space",)),
    Spec("compare", VIEW, QT_TRANSLATE_NOOP("Actions", "Compare 2 to 4 photos"), ("C",)),
    Spec("next_pane", VIEW, QT_TRANSLATE_NOOP("Actions", "Next photo of the comparison"), ("Tab",)),
    Spec("better", TASTE, QT_TRANSLATE_NOOP("Actions", "This one is better (compare)"), ("B",)),
    Spec("full_size", VIEW, QT_TRANSLATE_NOOP("Actions", "100 % at the pointer"), ("Z",)),
    Spec("larger", VIEW, QT_TRANSLATE_NOOP("Actions", "Larger"), ("Ctrl++", "Ctrl+=")),
    Spec("smaller", VIEW, QT_TRANSLATE_NOOP("Actions", "Smaller"), ("Ctrl+-",)),
    Spec("overlay", VIEW, QT_TRANSLATE_NOOP("Actions", "Names, or facts of the camera"), ("I",)),
    Spec("left_panel", VIEW, QT_TRANSLATE_NOOP("Actions", "Left panel"), ("F7",)),
    Spec("right_panel", VIEW, QT_TRANSLATE_NOOP("Actions", "Right panel"), ("F8",)),
    Spec("theme", VIEW, QT_TRANSLATE_NOOP("Actions", "Dark, light, or as the desktop"), ("F6",)),
    Spec("full_screen", VIEW, QT_TRANSLATE_NOOP("Actions", "Full screen"), ("F11",)),
    Spec("slideshow", VIEW, QT_TRANSLATE_NOOP("Actions", "Slideshow, the best first"), ("F9",)),
    Spec("first", VIEW, QT_TRANSLATE_NOOP("Actions", "First photo"), ("Home",)),
    Spec("last", VIEW, QT_TRANSLATE_NOOP("Actions", "Last photo"), ("End",)),
    Spec("histogram", VIEW, QT_TRANSLATE_NOOP("Actions", "Histogram (loupe, compare)"), ("H",)),
    Spec("focus_aid", VIEW, QT_TRANSLATE_NOOP(
         "Actions", "Where the focus is (loupe, compare)"), ("F",)),
    Spec("close_ups", VIEW, QT_TRANSLATE_NOOP(
         "Actions", "Faces as close-ups (loupe, compare)"), ("Shift+F",)),
    Spec("find", VIEW, QT_TRANSLATE_NOOP("Actions", "Find by name"), ("Ctrl+F",)),
    Spec("clear_filter", VIEW, QT_TRANSLATE_NOOP("Actions", "Show all photos"), ("Ctrl+L",)),
    Spec("stack", VIEW, QT_TRANSLATE_NOOP("Actions", "Stack bursts; open or close one"), ("S",)),
    Spec("sort_again", VIEW, QT_TRANSLATE_NOOP("Actions", "Sort again"), ("Ctrl+R",)),
    Spec("back", VIEW, QT_TRANSLATE_NOOP("Actions", "One step back"), ("Esc",)),
    Spec("show_in_folder", PHOTO, QT_TRANSLATE_NOOP("Actions", "Show in the file manager")),
    Spec("open_with", PHOTO, QT_TRANSLATE_NOOP("Actions", "Open with the default program")),
    Spec("copy_photo", PHOTO, QT_TRANSLATE_NOOP("Actions", "Copy the photo"), ("Ctrl+C",)),
    Spec("copy_path", PHOTO, QT_TRANSLATE_NOOP("Actions", "Copy the path"), ("Ctrl+Shift+C",)),
    Spec("find_similar", PHOTO, QT_TRANSLATE_NOOP("Actions", "Find similar photos"),
         ("Ctrl+Shift+F",)),
    Spec("export_these", PHOTO, QT_TRANSLATE_NOOP("Actions", "Export these\u2026"),
         ("Ctrl+Shift+E",)),
    Spec("take_out", PHOTO, QT_TRANSLATE_NOOP("Actions", "Take out of the best shots"),
         ("Backspace",)),
    Spec(
        "stars",
        MARK,
        QT_TRANSLATE_NOOP("Actions", "Stars; 0 clears"),
        ("0\u20135",),
        True,
    ),
    Spec(
        "stars_on",
        MARK,
        QT_TRANSLATE_NOOP("Actions", "The same, and go on"),
        ("\u21e7 0\u20135",),
        True,
    ),
    Spec(
        "flag",
        MARK,
        QT_TRANSLATE_NOOP("Actions", "Pick, reject, no flag"),
        ("P", "X", "U"),
        True,
    ),
    Spec(
        "label",
        MARK,
        QT_TRANSLATE_NOOP("Actions", "Red, yellow, green, blue"),
        ("6\u20139",),
        True,
    ),
    Spec("share_stars", MARK, QT_TRANSLATE_NOOP(
         "Actions", "Stars or labels by share of the score\u2026")),
    Spec("confirm_stars", MARK, QT_TRANSLATE_NOOP("Actions", "Confirm hollow stars"),
         ("Ctrl+Return",)),
    Spec("keep_best", MARK, QT_TRANSLATE_NOOP(
         "Actions", "Keep the best of the burst, reject the rest"), ("K",)),
    Spec("auto_advance", MARK, QT_TRANSLATE_NOOP("Actions", "Go on after each rating"), ("A",)),
    Spec("select_all", MARK, QT_TRANSLATE_NOOP("Actions", "Select all shown"), ("Ctrl+A",)),
    Spec("select_none", MARK, QT_TRANSLATE_NOOP("Actions", "Select none"), ("Ctrl+D",)),
    Spec("undo", MARK, QT_TRANSLATE_NOOP("Actions", "Undo"), ("Ctrl+Z",)),
    Spec("redo", MARK, QT_TRANSLATE_NOOP("Actions", "Redo"), ("Ctrl+Shift+Z",)),
    Spec("suggest", TASTE, QT_TRANSLATE_NOOP("Actions", "Suggest photos to rate"), ("Ctrl+G",)),
    Spec("personalize", TASTE, QT_TRANSLATE_NOOP("Actions", "Personalize"), ("Ctrl+P",)),
    Spec("score_ahead", TASTE, QT_TRANSLATE_NOOP("Actions", "Score photos in the background")),
    Spec("check_me", TASTE, QT_TRANSLATE_NOOP("Actions", "Check me: rate ten photos blindly")),
    Spec("profiles", TASTE, QT_TRANSLATE_NOOP("Actions", "Taste profiles\u2026")),
    Spec("banks", TASTE, QT_TRANSLATE_NOOP("Actions", "Banks and device\u2026")),
    Spec("shortcuts", HELP, QT_TRANSLATE_NOOP("Actions", "Keys"), ("?", "F1")),
    Spec("log", HELP, QT_TRANSLATE_NOOP("Actions", "Open the log file")),
    Spec("about", HELP, QT_TRANSLATE_NOOP("Actions", "About photoaes")),
)  # fmt: skip
GROUPS = (ALBUM, VIEW, PHOTO, MARK, TASTE, HELP)
