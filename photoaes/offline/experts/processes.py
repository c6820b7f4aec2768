"""Several processes that train one model, as `torchrun` starts them: PyTorch's own engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True)
class Processes:
    """The processes that train together; this one is `rank` of `count`."""

    rank: int = 0
    count: int = 1

    @property
    def first(self) -> bool:
        """Whether this is the one that writes files."""
        return self.rank == 0

    @property
    def first_here(self) -> bool:
        """Whether this is the first one on its host."""
        return self.count == 1 or os.environ.get("LOCAL_RANK", "0") == "0"

    def share(self, batch: int) -> slice:
        """This process's places in a batch."""
        return slice(self.rank, batch, self.count)

    def shared(self, module: nn.Module) -> nn.Module:
        """The module, with gradients averaged over processes."""
        return module if self.count == 1 else DistributedDataParallel(module)

    def mean(self, value: float) -> float:
        """The mean of each process's value."""
        if self.count == 1:
            return value
        kind = "cuda" if distributed.get_backend() == "nccl" else "cpu"
        total = torch.tensor(value, device=kind)
        distributed.all_reduce(total)
        return float(total) / self.count

    def wait(self) -> None:
        """Wait until all processes are here."""
        if self.count > 1:
            distributed.barrier()


ALONE = Processes()


@contextmanager
def joined_processes(device: torch.device) -> Iterator[Processes]:
    """The processes of `torchrun`, which tells by environment; without it, this one alone."""
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        yield ALONE
        return
    if device.type == "cuda":
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield Processes(distributed.get_rank(), count)
    finally:
        distributed.destroy_process_group()
