"""Colours of the window, dark and light. Around photos only neutral greys (R = G = B).

Stars are amber, the score teal, the accent blue; each meaning has a shape or words as well. Text
has a contrast of at least 4.5:1 to its ground, marks 3:1 (WCAG 2.1, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from photoaes.settings import resources_folder

SCROLL = "#747474"  # of scroll bars: 3:1 to ground and panel, dark and light
GAP = 8  # the rhythm of all distances, in device-independent pixels


@dataclass(frozen=True)
class Theme:
    """`ground` lies around photos, `panel` under controls, `raised` under what can be pressed."""

    ground: str
    panel: str
    raised: str
    line: str
    text: str
    dim: str
    accent: str
    on_accent: str
    star: str
    star_fill: str
    score: str
    pick: str
    reject: str
    warning: str
    is_dark: bool

    def color(self, name: str) -> QColor:
        """The colour of the field with this name."""
        return QColor(getattr(self, name))


DARK = Theme(
    ground="#1c1c1c",
    panel="#272727",
    raised="#383838",
    line="#4a4a4a",
    text="#ececec",
    dim="#b0b0b0",
    accent="#6cb0ff",
    on_accent="#10161d",
    star="#f5b83d",
    star_fill="#f5b83d",
    score="#52cbbb",
    pick="#7fd083",
    reject="#ff8a80",
    warning="#ffb74d",
    is_dark=True,
)
LIGHT = Theme(
    ground="#d9d9d9",
    panel="#f3f3f3",
    raised="#e2e2e2",
    line="#b4b4b4",
    text="#1d1d1d",
    dim="#505050",
    accent="#0b5cad",
    on_accent="#ffffff",
    star="#8f5f00",  # outlines: amber alone would not show on light grey
    star_fill="#f7b32b",
    score="#00635a",
    pick="#1f6e25",
    reject="#b3261e",
    warning="#8a4b00",
    is_dark=False,
)
# Lightroom's and digiKam's words; purple has no key.
LABELS = {
    "Red": "#e5484d",
    "Yellow": "#e2b203",
    "Green": "#46a758",
    "Blue": "#3e8ae6",
    "Purple": "#9a5cd0",
}


def label_name(word: str) -> str:
    """A label in the user's language; in files and in the store its English word stands."""
    return {
        "Red": QCoreApplication.translate("Labels", "Red"),
        "Yellow": QCoreApplication.translate("Labels", "Yellow"),
        "Green": QCoreApplication.translate("Labels", "Green"),
        "Blue": QCoreApplication.translate("Labels", "Blue"),
        "Purple": QCoreApplication.translate("Labels", "Purple"),
    }.get(word, word)


_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "dark": Qt.ColorScheme.Dark,
    "light": Qt.ColorScheme.Light,
}


def current() -> Theme:
    """The theme that the window has now."""
    dark = QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def apply(application: QApplication, wanted: str = "system") -> None:
    """Dress the application in "dark" or "light", or as the desktop asks."""
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    hints = application.styleHints()
    asked = _SCHEMES.get(wanted, Qt.ColorScheme.Unknown)
    hints.setColorScheme(asked)
    scheme = hints.colorScheme() if asked is Qt.ColorScheme.Unknown else asked
    _dress(application, DARK if scheme is Qt.ColorScheme.Dark else LIGHT)


def _dress(application: QApplication, theme: Theme) -> None:
    application.setPalette(_palette(theme))
    application.setStyleSheet(_style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "panel",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "ground",
        QPalette.ColorRole.AlternateBase: "panel",
        QPalette.ColorRole.ToolTipBase: "raised",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "dim",
        QPalette.ColorRole.Button: "raised",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Light: "raised",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "line",
    }
    for role, name in roles.items():
        palette.setColor(role, theme.color(name))
    faded = theme.color("dim")
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette


def _check(theme: Theme) -> str:
    name = "check-dark.svg" if theme.is_dark else "check-light.svg"
    return (resources_folder() / "icons" / name).as_posix()


def _style_sheet(theme: Theme) -> str:
    """Only what the palette cannot say: flat buttons, chips, headings, and a visible focus."""
    return f"""
    QToolTip {{ background: {theme.raised}; color: {theme.text};
        border: 1px solid {theme.line}; padding: 4px; }}
    QPushButton, QToolButton {{ background: {theme.raised}; color: {theme.text};
        border: 1px solid transparent; border-radius: 6px; padding: 5px 10px; }}
    QToolButton {{ padding: 5px 7px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {theme.line}; }}
    QPushButton:focus, QToolButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {theme.line}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {theme.dim}; background: transparent;
        border-color: {theme.line}; }}
    QToolButton:checked {{ background: {theme.line}; border-color: {theme.dim}; }}
    QToolButton[flat="true"], QPushButton[flat="true"] {{ background: transparent; }}
    QToolButton[slim="true"] {{ padding: 0 7px; }}
    QToolButton[flat="true"]:hover {{ background: {theme.raised}; }}
    QPushButton[primary="true"] {{ background: {theme.accent}; color: {theme.on_accent};
        font-weight: 600; padding: 7px 12px; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {theme.text}; padding: 6px 11px; }}
    QPushButton[primary="true"]:disabled {{ background: {theme.raised}; color: {theme.dim}; }}
    QToolButton[due="true"]:enabled {{ background: {theme.raised};
        border-color: {theme.accent}; }}
    QToolButton[due="true"]:disabled {{ border-color: transparent; }}
    QToolButton[chip="true"] {{ border-radius: 11px; border: 1px solid {theme.line};
        background: {theme.raised}; padding: 3px 9px; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QLineEdit {{ background: {theme.raised}; color: {theme.text};
        border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 8px;
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QLineEdit:focus {{ border-color: {theme.accent}; }}
    QComboBox {{ padding: 4px 6px; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.dim};
        border-radius: 3px; background: {theme.ground}; }}
    QCheckBox::indicator:hover, QCheckBox:focus {{ border-color: {theme.accent}; }}
    QCheckBox::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent};
        image: url("{_check(theme)}"); }}
    QCheckBox::indicator:disabled {{ border-color: {theme.line}; }}
    QLabel[role="heading"] {{ color: {theme.dim}; font-weight: 600; }}
    QLabel[role="dim"] {{ color: {theme.dim}; }}
    QLabel[role="title"] {{ font-weight: 600; }}
    QLabel[role="warning"] {{ color: {theme.warning}; }}
    QFrame[role="line"] {{ background: {theme.line}; border: none; max-height: 1px; }}
    QProgressBar {{ border: none; border-radius: 3px; background: {theme.raised};
        max-height: 6px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: 11px; }}
    QScrollBar:horizontal {{ height: 11px; }}
    QScrollBar::handle {{ background: {SCROLL}; border-radius: 3px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 36px; }}
    QScrollBar::handle:horizontal {{ min-width: 36px; }}
    QScrollBar::handle:hover {{ background: {theme.dim}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: {theme.line}; }}
    QMenu {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};
        padding: 4px; }}
    QMenu::item {{ padding: 5px 22px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    QMenu::item:disabled {{ color: {theme.dim}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
    """
