"""Tells hatchling what the wheel holds beside the package; named in pyproject.toml."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelResources(BuildHookInterface):
    """Bank, sample album, icons and translations come with the package.

    With an editable install they would lie on the disk twice, the copy out of date with the next
    change: that one finds them in the checkout.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build; `version` is "standard" or "editable"."""
        if version != "editable":
            build_data["force_include"]["resources"] = "photoaes/resources"
