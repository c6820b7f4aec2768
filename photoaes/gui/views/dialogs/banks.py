"""Banks and device: what is installed, what computes, and how to get more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photoaes.errors import BankInvalid
from photoaes.gui.kit.flow import Flow
from photoaes.gui.kit.numerals import decimal
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.dialogs.backbone_line import BackboneLine
from photoaes.gui.views.dialogs.frame import framed
from photoaes.gui.views.taste.part_names import PartNames
from photoaes.jobs.banks import BankFacts, DeviceFacts, banks_at_hand
from photoaes.settings import banks_folder, starter_bank_folder


class BanksBody(QWidget):
    """A list of banks with the chosen one's facts, and the choice of a device."""

    download_wanted = Signal(object)  # the folder of a bank whose backbone is to be fetched

    def __init__(
        self,
        bank: Path,
        device: str,
        choose_bank: Callable[[Path], None],
        choose_device: Callable[[str], None],
        install: Callable[[Path], None],
        method: str,
        choose_method: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._choose_bank, self._choose_device, self._install = choose_bank, choose_device, install
        self._bank = bank
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Banks"))
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.backbone = BackboneLine()
        self.backbone.wanted.connect(self._download)
        self._use = QPushButton(self.tr("Use this bank"))
        add = QPushButton(self.tr("Add a bank from a folder\u2026"))
        self._device = QComboBox()
        self._device.addItem(self.tr("the fastest that works"), "auto")
        self._device.setAccessibleName(self.tr("Compute on"))
        self.method = QComboBox()
        self.method.addItem(self.tr("your stars, and what is known of people"), "taste")
        self.method.addItem(self.tr("the published method alone (slower)"), "paper")
        self.method.setCurrentIndex(self.method.findData(method))
        self.method.setAccessibleName(self.tr("Learn by"))
        self.method.activated.connect(lambda _: choose_method(self.method.currentData()))
        self._device_facts = QLabel(self.tr("Looking for processors\u2026"))
        self._device_facts.setWordWrap(True)
        self._device_facts.setProperty("role", "dim")
        self._wanted_device = device
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._list, 1)
        column.addWidget(self._facts)
        column.addWidget(self.backbone)
        column.addLayout(Flow(self._use, add))
        for text, choice in (
            (self.tr("Learn by"), self.method),
            (self.tr("Compute on"), self._device),
        ):
            row = QHBoxLayout()
            row.addWidget(QLabel(text))
            row.addWidget(choice)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self._device_facts)
        self._list.currentItemChanged.connect(lambda item, _: self._show(item))
        self._use.clicked.connect(self._use_bank)
        add.clicked.connect(self._add)
        self._device.activated.connect(lambda _: choose_device(self._device.currentData()))
        self.refresh()

    def refresh(self) -> None:
        """Read the banks anew."""
        self._list.clear()
        for one in banks_at_hand(starter_bank_folder(), banks_folder()):
            text = said(one) if isinstance(one, BankInvalid) else one.name
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self._list.addItem(item)
            if isinstance(one, BankFacts) and one.folder == self._bank:
                item.setText(self.tr("{0}   (in use)").format(text))
                self._list.setCurrentItem(item)

    def show_devices(self, found: list[DeviceFacts]) -> None:
        """Offer the devices that were found on this computer."""
        lines = []
        for one in found:
            if one.problem is None:
                self._device.addItem(said(one.description), one.name)
            elif one.name == "cuda":
                lines.append(said(one.problem))
        self._device.setCurrentIndex(max(self._device.findData(self._wanted_device), 0))
        self._device_facts.setText(" ".join(lines))

    def _show(self, item: QListWidgetItem | None) -> None:
        facts = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self._use.setEnabled(isinstance(facts, BankFacts) and facts.folder != self._bank)
        self.backbone.setVisible(isinstance(facts, BankFacts) and facts.needs_download)
        if isinstance(facts, BankFacts):
            names = ", ".join(PartNames(self).name(name) for name, _, _ in facts.tasks)
            lines = [
                self.tr("%Ln experts: {0}", "", len(facts.tasks)).format(names),
                self.tr("Network {0}; {1} MB; licence: {2}").format(
                    facts.backbone, decimal(facts.megabytes, 0), facts.licence
                ),
                str(facts.folder),
            ]
            if facts.needs_download:
                lines.append(
                    self.tr(
                        "Its network is downloaded once from its publisher, when you first "
                        "personalize with it."
                    )  # fmt: skip
                )
            self._facts.setText("\n".join(lines))

    def _use_bank(self) -> None:
        facts = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        self._bank = facts.folder
        self._choose_bank(facts.folder)
        self.refresh()

    def _download(self) -> None:
        self.download_wanted.emit(self._list.currentItem().data(Qt.ItemDataRole.UserRole).folder)

    def _add(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of a bank"))
        if folder:
            self._install(Path(folder))


def banks_dialog(parent: QWidget | None, body: BanksBody) -> QDialog:
    """The dialog *Banks and device*."""
    return framed(parent, QCoreApplication.translate("Dialogs", "Banks and device"), body, 620)
