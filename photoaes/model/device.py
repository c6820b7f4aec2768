"""Which processor the tensors live on, and in the user's words why.

torch comes with the first question that needs it: an album that is known needs no processor.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from photoaes.errors import GpuLost, InputInvalid, OutOfGpuMemory, Sentence

if TYPE_CHECKING:
    import torch

NAMES = ("auto", "cuda", "mps", "cpu")
NO_GPU = "No usable NVIDIA or AMD GPU was found (is its driver installed and new enough?)."


@dataclass(frozen=True)
class Device:
    """A processor that has run a real kernel; `description` names it for a person."""

    torch: torch.device
    description: str

    @property
    def is_chosen(self) -> bool:
        """Whether it was asked for anything; choosing one loads torch."""
        return True


class _Later(Device):
    """One that is chosen and tried when it is first asked for."""

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, attribute: str) -> Any:  # of the two fields, until they are known
        if attribute not in ("torch", "description"):
            raise AttributeError(attribute)
        chosen = choose_device(self.__dict__["_name"])
        self.__dict__.update(torch=chosen.torch, description=chosen.description)
        return self.__dict__[attribute]

    @property
    def is_chosen(self) -> bool:
        return "torch" in self.__dict__


def device_when_needed(name: str = "auto") -> Device:
    """As `choose_device`, but what always works is not tried before it is asked for."""
    return _Later(name) if name in ("auto", "cpu") else choose_device(name)


def choose_device(name: str = "auto") -> Device:
    """The wanted device, or with "auto" the fastest one that works.

    Raises InputInvalid if the user asked for a device that does not work here.
    """
    if name not in NAMES:
        raise InputInvalid(f"There is no device {name!r}; choose one of {', '.join(NAMES)}.")
    wanted = ("cuda", "mps", "cpu") if name == "auto" else (name,)
    problems = []
    told = ""
    for kind in wanted:
        problem = device_problem(kind)
        if problem is None:
            description = _description(kind)
            if told:
                description = Sentence("{0}. The GPU is not used: {1}", description, told)
            import torch

            return Device(torch.device(kind), description)
        if kind == "cuda" and problem != NO_GPU:
            told = problem
        problems.append(problem)
    raise InputInvalid(f"{problems[0]} Use --device auto or --device cpu.")


def device_problem(kind: str) -> str | None:
    """Why "cuda", "mps" or "cpu" cannot be used here, as a sentence; None if it can."""
    import torch

    if kind == "cuda" and (problem := _cuda_problem()):
        return problem
    if kind == "mps" and not torch.backends.mps.is_available():
        return "No Apple GPU was found."
    try:
        # A GPU can be listed and yet lack kernels for its generation in this build of torch.
        torch.ones(8, 8, device=kind).matmul(torch.ones(8, 8, device=kind)).sum().item()
    except torch.OutOfMemoryError:
        return "The GPU's memory is taken by other programs. Close them to use it."
    except RuntimeError as error:
        return Sentence("The GPU was found but cannot run this build of torch: {0}.", str(error))
    return None


def _cuda_problem() -> str | None:
    """torch warns of a driver that is too old, in words for programmers, and finds no GPU."""
    import torch

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if torch.cuda.is_available():
            return None
    said = " ".join(str(one.message) for one in caught)
    if "driver" in said and "old" in said:
        return "Its driver is too old for this build of torch. Renew the driver."
    return Sentence("{0} ({1})", NO_GPU, said[:200]) if said else NO_GPU


@contextmanager
def gpu_sentences() -> Iterator[None]:
    """What a GPU cannot do any more, as OutOfGpuMemory and GpuLost; bugs stay torch's errors."""
    import torch

    try:
        yield
    except torch.OutOfMemoryError as error:
        raise OutOfGpuMemory(
            "The GPU's memory is too small for this, or taken by other programs. Close those that "
            "use it, or choose the CPU."
        ) from error
    except RuntimeError as error:
        if not _is_of_gpu(error):
            raise
        raise GpuLost(
            Sentence(
                "The GPU stopped working ({0}). What was measured until then is kept. Close "
                "photoaes and start again, or choose the CPU.",
                str(error).partition("\n")[0][:200],
            )
        ) from error


def _is_of_gpu(error: RuntimeError) -> bool:
    import torch

    own = getattr(torch, "AcceleratorError", None)  # since torch 2.8
    if own is not None and isinstance(error, own):
        return True
    return str(error).startswith(("CUDA error", "CUDA driver error", "HIP error", "cuDNN error"))


def has_bfloat16(device: torch.device) -> bool:
    """Whether matrix products in bfloat16 are faster there than in fp32.

    Measured on a processor with AVX512-BF16: 215 against 95 GFLOP/s on one core.
    """
    import torch

    if device.type == "cpu":
        # torch has no public question for it; its own inductor asks this one.
        return bool(torch.cpu._is_avx512_bf16_supported())
    return device.type == "cuda" and torch.cuda.is_bf16_supported()


def _description(kind: str) -> str:
    import torch

    if kind == "cuda":
        properties = torch.cuda.get_device_properties(0)
        return f"GPU {properties.name}, {properties.total_memory / 2**30:.0f} GiB"
    threads = torch.get_num_threads()
    if kind == "mps":
        return "Apple GPU"
    return "CPU, 1 thread" if threads == 1 else Sentence("CPU, {0} threads", threads)
