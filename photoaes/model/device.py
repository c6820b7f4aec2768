"""Which processor the tensors live on, and in the user's words why."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from photoaes.errors import InputInvalid, Sentence

NAMES = ("auto", "cuda", "mps", "cpu")


@dataclass(frozen=True)
class Device:
    """A processor that has run a real kernel; `description` names it for a person."""

    torch: torch.device
    description: str


def choose_device(name: str = "auto") -> Device:
    """The wanted device, or with "auto" the fastest one that works.

    Raises InputInvalid if the user asked for a device that does not work here.
    """
    if name not in NAMES:
        raise InputInvalid(f"There is no device {name!r}; choose one of {', '.join(NAMES)}.")
    wanted = ("cuda", "mps", "cpu") if name == "auto" else (name,)
    problems = []
    for kind in wanted:
        problem = device_problem(kind)
        if problem is None:
            return Device(torch.device(kind), _description(kind))
        problems.append(problem)
    raise InputInvalid(f"{problems[0]} Use --device auto or --device cpu.")


def device_problem(kind: str) -> str | None:
    """Why "cuda", "mps" or "cpu" cannot be used here, as a sentence; None if it can."""
    if kind == "cuda" and not torch.cuda.is_available():
        return "No usable NVIDIA or AMD GPU was found (is its driver installed and new enough?)."
    if kind == "mps" and not torch.backends.mps.is_available():
        return "No Apple GPU was found."
    try:
        # A GPU can be listed and yet lack kernels for its generation in this build of torch.
        torch.ones(8, 8, device=kind).matmul(torch.ones(8, 8, device=kind)).sum().item()
    except RuntimeError as error:
        return Sentence("The GPU was found but cannot run this build of torch: {0}.", str(error))
    return None


def has_bfloat16(device: torch.device) -> bool:
    """Whether matrix products in bfloat16 are faster there than in fp32.

    Measured on a processor with AVX512-BF16: 215 against 95 GFLOP/s on one core.
    """
    if device.type == "cpu":
        # torch has no public question for it; its own inductor asks this one.
        return bool(torch.cpu._is_avx512_bf16_supported())
    return device.type == "cuda" and torch.cuda.is_bf16_supported()


def _description(kind: str) -> str:
    if kind == "cuda":
        properties = torch.cuda.get_device_properties(0)
        return f"GPU {properties.name}, {properties.total_memory / 2**30:.0f} GiB"
    threads = torch.get_num_threads()
    if kind == "mps":
        return "Apple GPU"
    return "CPU, 1 thread" if threads == 1 else Sentence("CPU, {0} threads", threads)
