"""A method with options, as people write it: `paper:loss=mse,steps=1000` or `linear:tasks=3`.

tasks           how many of the bank's tasks, from the first, or names joined by +
groups          of our method: names of the basis' groups joined by +, `coefficients` or `row`
tower           of methods on an embedding: another tower's (`frozen_tower`), as MODEL/WEIGHTS
all others      fields of FitSettings, for methods that fit coefficients
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from photoaes.errors import InputInvalid
from photoaes.model.paper.fit_settings import FitSettings


def _one_of(*words: str) -> Callable[[str], str]:
    def chosen(text: str) -> str:
        if text not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return text

    return chosen


def _number(kind: type[int] | type[float], positive: bool = True) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = kind(text)
        if value < 0 or (positive and value == 0):
            raise ValueError
        return value

    return read


SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "steps": _number(int),
    "lr": _number(float),
    "final_lr": _number(float),
    "batch": _number(int),
    "initialisation": _one_of("adaptive", "uniform", "best"),
    "temperature": _number(float),
    "loss": _one_of("rank", "mse"),
    "pairs": _one_of("all", "halves"),
    "coefficients": _one_of("layer", "task"),
    "last_batch": _one_of("dropped", "kept"),
    "weight_decay": _number(float, positive=False),
}


@dataclass(frozen=True)
class MethodSpec:
    """A method's name, the settings that it changes, the tasks and groups of features that it may
    use (None: all), and the tower whose embedding it learns on (None: the bank's)."""

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    tasks: int | tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    tower: str | None = None

    def changed(self, settings: FitSettings) -> FitSettings:
        """These settings with the spec's own in their place."""
        return replace(settings, **self.settings)

    def chosen(self, tasks: tuple[str, ...]) -> tuple[str, ...]:
        """The tasks to use of a bank's. Raises InputInvalid for one that it lacks."""
        if self.tasks is None:
            return tasks
        wanted = tasks[: self.tasks] if isinstance(self.tasks, int) else self.tasks
        missing = [task for task in wanted if task not in tasks]
        if missing or (isinstance(self.tasks, int) and self.tasks > len(tasks)):
            what = ", ".join(missing) or f"{self.tasks} tasks"
            raise InputInvalid(f"The bank has no {what}; its tasks are {', '.join(tasks)}.")
        return wanted


def read_spec(text: str, takes: Mapping[str, str]) -> MethodSpec:
    """What `text` means; `takes` tells which options each method has: nothing, tasks, groups, tower
    or settings.

    Raises InputInvalid with what may be written.
    """
    name, _, options = text.partition(":")
    if name not in takes:
        raise InputInvalid(f"There is no method {name!r}; known are {', '.join(takes)}.")
    own = {
        "nothing": [],
        "tasks": ["tasks"],
        "groups": ["groups"],
        "tower": ["tower"],
        "settings": ["tasks", *SETTINGS],
    }
    known = own[takes[name]]
    settings: dict[str, Any] = {}
    tasks: int | tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    tower: str | None = None
    for option in filter(None, options.split(",")):
        key, _, value = option.partition("=")
        if key not in known:
            may = f"options are {', '.join(known)}" if known else "it takes no options"
            raise InputInvalid(f"{text}: {name} knows no {key!r}; {may}.")
        if key == "tasks":
            tasks = _tasks(text, value)
        elif key == "groups":
            groups = tuple(value.split("+"))
        elif key == "tower":
            tower = value
        else:
            settings[key] = _value(text, key, value)
    return MethodSpec(name, settings, tasks, groups, tower)


def _tasks(text: str, value: str) -> int | tuple[str, ...]:
    if value.isdecimal() and int(value) > 0:
        return int(value)
    names = tuple(value.split("+"))
    if not all(names) or len(set(names)) < len(names) or value == "0":
        raise InputInvalid(f"{text}: tasks wants a number or names such as beauty+sharpness.")
    return names


def _value(text: str, key: str, value: str) -> Any:
    try:
        return SETTINGS[key](value)
    except ValueError as error:
        words = str(error) if str(error).startswith("one of") else "a number above 0"
        raise InputInvalid(f"{text}: {key} wants {words}, not {value!r}.") from None
