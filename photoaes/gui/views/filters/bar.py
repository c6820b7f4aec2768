"""The bar above the grid: what is open, the order, and the filter as chips that can be pressed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from photoaes.album.columns import PICKED, REJECTED, UNRATED
from photoaes.album.filter_choice import FilterChoice
from photoaes.album.ordering import BY_MARKS, SortKey
from photoaes.album.shown import Grouping
from photoaes.gui.kit.icons import icon
from photoaes.gui.kit.letters import at_least
from photoaes.gui.kit.theme import GAP, label_name
from photoaes.gui.state.session import Session
from photoaes.gui.views.face_text import FaceText
from photoaes.gui.views.filters.choosing import Filters
from photoaes.gui.views.filters.histogram import HIGH, LOW, ScoreRange

SHORTEST = 80  # of the spread of scores, in pixels
LETTERS = 10  # of a name that is looked for, to be seen at least
# What people expect to see first in each order.
DOWNWARDS = {SortKey.SCORE, SortKey.GENERAL, SortKey.CHANGE, SortKey.STARS, SortKey.SIZE}


class FilterBar(QWidget):
    """Sort, filters, and "Sort again" where marks have changed what the order would be."""

    def __init__(self, session: Session, filters: Filters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._filters = session, filters
        self._faces = FaceText(self)
        self._order = QComboBox()
        self._order.setAccessibleName(self.tr("Sort by"))
        self._order.setMaximumWidth(150)
        for key, text in self._keys().items():
            self._order.addItem(text, key)
        self._direction = _button("sort", self.tr("Turn the order round"))
        self._group = _button("group", self.tr("Group the photos"))
        self._group.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._groups = self._group_menu(self)
        self._group.setMenu(self._groups)
        self._again = _button("again", self.tr("Sort again"))
        self._again.setProperty("due", True)
        self._again.setEnabled(False)  # hidden it would move all others when it comes
        self._add = _button("filter", self.tr("Add a filter"))
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._add.setMenu(self._menu())
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Name contains"))
        self.search.setAccessibleName(self.tr("Name contains"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(at_least(self.search, 80, LETTERS))
        self.search.setMaximumWidth(at_least(self.search, 150, 2 * LETTERS))
        self.scores = ScoreRange(session)
        self.scores.setMinimumWidth(SHORTEST)
        self.scores.hide()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(GAP // 2)
        self._lay_out()
        self._connect()
        self._show_order()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        label = QLabel(self.tr("Sort"))
        label.setProperty("role", "dim")
        label.setBuddy(self._order)
        for widget in (
            label,
            self._order,
            self._direction,
            self._again,
            self._group,
            self._add,
        ):
            row.addWidget(widget)
        row.addLayout(self._chips)
        row.addWidget(self.search)
        row.addWidget(self.scores)

    def _connect(self) -> None:
        self._order.activated.connect(self._sort)
        self._direction.clicked.connect(self._turn)
        self._again.clicked.connect(self._session.refresh)
        self.search.textChanged.connect(
            lambda text: self._filters.set(replace(self._filters.choice, text=text.strip()))
        )
        self.scores.changed.connect(self._limit_scores)
        self._session.staled.connect(self._show_again)
        self._session.shown_changed.connect(self._show_order)
        self._filters.changed.connect(self._show_filter)

    def _show_again(self, is_stale: bool) -> None:
        sorts = self._session.key in (*BY_MARKS, SortKey.CHANGE)
        text = self.tr("Sort again") if sorts else self.tr("Filter again")
        self._again.setAccessibleName(text)
        self._again.setToolTip(
            self.tr("{0}: what you marked since is not in its place yet").format(text)
            if is_stale
            else self.tr("All photos are in their places")
        )
        self._again.setEnabled(is_stale)

    def arranging_menus(self, parent: QWidget) -> tuple[QMenu, QMenu]:
        """The menus of orders and of groups, for another place."""
        return self._sort_menu(parent), self._group_menu(parent)

    def _sort_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(self.tr("Sort by"), parent)
        choices = QActionGroup(menu)
        for key, text in self._keys().items():
            action = choices.addAction(menu.addAction(text))
            action.setCheckable(True)
            action.setChecked(key is self._session.key)
            action.triggered.connect(lambda _=False, k=key: self._session.sort(k, k in DOWNWARDS))
        menu.addSeparator()
        menu.addAction(self.tr("Turn the order round")).triggered.connect(self._turn)
        return menu

    def _group_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(self.tr("Group by"), parent)
        choices = QActionGroup(menu)
        for grouping, text in (
            (Grouping.NONE, self.tr("No groups")),
            (Grouping.DAY, self.tr("By day")),
            (Grouping.TIMELINE, self.tr("Timeline: the best of each day")),
            (Grouping.LOOK, self.tr("By look")),
            (Grouping.BURST, self.tr("Bursts in stacks")),
        ):
            action = choices.addAction(menu.addAction(text))
            action.setCheckable(True)
            action.setData(grouping)
            action.setChecked(grouping is self._session.grouping)
            action.triggered.connect(lambda _=False, g=grouping: self._session.group(g))
        return menu

    def _keys(self) -> dict[SortKey, str]:
        return {
            SortKey.DATE: self.tr("Date"),
            SortKey.SCORE: self.tr("My score"),
            SortKey.GENERAL: self.tr("General score"),
            SortKey.CHANGE: self.tr("Moved by my taste"),
            SortKey.STARS: self.tr("Stars"),
            SortKey.NAME: self.tr("Name"),
            SortKey.SIZE: self.tr("File size"),
            SortKey.CAMERA: self.tr("Camera"),
            SortKey.GROUP: self.tr("Burst"),
        }

    def _sort(self) -> None:
        key = self._order.currentData()
        self._session.sort(key, key in DOWNWARDS)

    def _turn(self) -> None:
        self._session.sort(self._session.key, not self._session.descending)

    def _show_order(self) -> None:
        self._order.setCurrentIndex(self._order.findData(self._session.key))
        for action in self._groups.actions():
            action.setChecked(action.data() is self._session.grouping)
        down = self._session.descending
        self._direction.setText("\u2193" if down else "\u2191")
        self._direction.setToolTip(
            self.tr("Highest or latest first") if down else self.tr("Lowest or earliest first")
        )

    # -- filters --------------------------------------------------------------------------------

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        stars = menu.addMenu(self.tr("Stars"))
        for relation, text in ((">=", self.tr("at least")), ("=", self.tr("exactly")),
                               ("<=", self.tr("at most"))):  # fmt: skip
            for number in range(1, 6):
                action = stars.addAction(f"{text} {number}")
                action.triggered.connect(
                    lambda _=False, r=relation, n=number: self._limit(relation=r, least=n)
                )
        unrated = stars.addAction(self.tr("unrated"))
        unrated.triggered.connect(lambda: self._limit(stars=frozenset({UNRATED})))
        for text, change in (
            (self.tr("Picked"), {"flags": frozenset({PICKED})}),
            (self.tr("Not rejected"), {"flags": frozenset({PICKED, 0})}),
            (self.tr("Portrait format"), {"upright": True}),
            (self.tr("Landscape format"), {"upright": False}),
            (self.tr("Best of each burst"), {"best_only": True}),
            (self.tr("With faces"), {"faces": frozenset({"some"})}),
            (self.tr("With closed eyes"), {"faces": frozenset({"closed eyes"})}),
            (self.tr("With faces out of focus"), {"faces": frozenset({"soft"})}),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, c=change: self._limit(**c))
        menu.addSeparator()
        menu.addAction(self.tr("Show all")).triggered.connect(self._filters.clear)
        return menu

    def _limit(self, **change: object) -> None:
        self._filters.set(replace(self._filters.choice, **change))  # type: ignore[arg-type]

    def _limit_scores(self, low: float, high: float) -> None:
        if (low, high) == (LOW, HIGH):
            self._filters.set(self._filters.choice.without("score"))
        elif (columns := self._session.columns) is not None:
            self._limit(score=self._session.standing.score_limits(columns, low, high))

    def _show_filter(self) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        choice = self._filters.choice
        for aspect in choice.active():
            if aspect not in ("text", "score"):  # these have controls of their own
                self._chips.addWidget(self._chip(aspect, choice))
        if choice.text != self.search.text().strip():
            self.search.setText(choice.text)
        if choice.score is None:
            self.scores.set_range(LOW, HIGH)

    def _chip(self, aspect: str, choice: FilterChoice) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("chip", True)
        text = self._words(aspect, choice)
        is_not = aspect in choice.inverted
        chip.setText((self.tr("not: {0}").format(text) if is_not else text) + "  \u00d7")
        chip.setToolTip(self.tr("Press to remove; right-click for the opposite"))
        chip.setAccessibleName(self.tr("Filter {0}, press to remove").format(text))
        chip.clicked.connect(lambda: self._filters.set(self._filters.choice.without(aspect)))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(
            lambda _: self._filters.set(self._filters.choice.inverted_in(aspect))
        )
        return chip

    def _words(self, aspect: str, choice: FilterChoice) -> str:
        flags = {PICKED: self.tr("picked"), REJECTED: self.tr("rejected"), 0: self.tr("no flag")}
        match aspect:
            case "least":
                sign = {">=": "\u2265", "<=": "\u2264", "=": "="}[choice.relation]
                return f"{sign} {choice.least} \u2605"
            case "stars":
                return ", ".join(
                    self.tr("unrated") if n == UNRATED else f"{n} \u2605"
                    for n in sorted(choice.stars, reverse=True)
                )
            case "flags":
                return ", ".join(flags[one] for one in sorted(choice.flags, reverse=True))
            case "upright":
                return self.tr("portrait") if choice.upright else self.tr("landscape")
        alone = {
            "best_only": self.tr("best of each burst"),
            "suggested": self.tr("suggested"),
            "similar": self.tr("similar"),
        }
        if aspect in alone:
            return alone[aspect]
        values = sorted(getattr(choice, aspect))
        names = self._faces.names() if aspect == "faces" else {}
        named = [names.get(value) or label_name(value) or self.tr("unknown") for value in values]
        return ", ".join(named) if len(named) < 3 else self.tr("%Ln values", "", len(named))


def _button(name: str, text: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setProperty("flat", True)
    return button
