"""What import-linter cannot say, since it sees PySide6 as one."""

from __future__ import annotations

from pathlib import Path

from photoaes.gui import state


def test_state_holds_no_widgets() -> None:
    for path in Path(state.__file__).parent.rglob("*.py"):
        assert "QtWidgets" not in path.read_text("utf-8"), path
