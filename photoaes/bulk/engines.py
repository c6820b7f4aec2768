"""Who does the work: this process, several of this computer, or a Ray cluster. The rows are equal.

A worker that is killed has written nothing of its part, which another one then does again.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from photoaes.api import OpenBank, open_bank
from photoaes.bulk.parts import BulkWork, score_part
from photoaes.errors import PhotoaesError
from photoaes.processes import deaf, process_pool

Done = Generator[tuple[int, int], None, int]  # (parts done, parts) on the way; how many rows
_bank: OpenBank | None = None


def plainly(work: BulkWork, workers: int) -> Done:
    """On this computer, by so many processes; 1 is this one."""
    todo, rows = work.missing(), 0
    total = len(work.parts)
    if workers == 1:
        bank = open_bank(work.bank, work.device)
        for number in todo:
            yield len(work.parts) - len(work.missing()), total
            rows += score_part(work, number, bank)
        yield total, total
        return rows
    threads = max(1, (os.cpu_count() or 1) // workers)
    try:
        with process_pool(min(workers, max(1, len(todo))), _begin, work, threads) as pool:
            with deaf():
                waiting = {pool.submit(_score, work, number) for number in todo}
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                rows += sum(one.result() for one in done)
                yield total - len(waiting), total
    except BrokenProcessPool as error:
        raise PhotoaesError(
            "A worker was killed, perhaps for want of memory. What is done stays: run the same "
            "command again, with fewer --workers."
        ) from error
    return rows


def _begin(work: BulkWork, threads: int) -> None:
    global _bank
    import torch

    torch.set_num_threads(threads)
    _bank = open_bank(work.bank, work.device)


def _score(work: BulkWork, number: int) -> int:
    assert _bank is not None
    return score_part(work, number, _bank)


class ScoringActor:
    """One process of a Ray cluster with its merged model."""

    def __init__(self, work: BulkWork, threads: int) -> None:
        _begin(work, threads)
        self._work = work

    def score(self, number: int) -> int:
        """As `score_part`. Done twice, after a break, it leaves what the first time left."""
        return _score(self._work, number)


def by_ray(work: BulkWork, workers: int, address: str | None) -> Done:
    """On a Ray cluster, or where there is no `address` on one of this computer alone.

    Every machine has to see the source and the folder by the same paths. Raises PhotoaesError
    where Ray is not installed.
    """
    # Else it reports to its makers; nothing here calls anybody.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ImportError as error:
        raise PhotoaesError(
            'Ray is not installed. Install it: pip install "photoaes[cluster]"'
        ) from error
    todo, rows, total = work.missing(), 0, len(work.parts)
    ray.init(
        address=address,
        num_cpus=None if address else workers,
        include_dashboard=False,
        log_to_driver=False,
    )
    try:
        # A worker that dies is started again, and its part with it.
        kind: Any = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=-1)(ScoringActor)
        threads = 1 if address else max(1, (os.cpu_count() or 1) // workers)
        free = [kind.remote(work, threads) for _ in range(min(workers, len(todo)))]
        busy: dict[Any, Any] = {}
        while todo or busy:
            while todo and free:
                worker = free.pop()
                busy[worker.score.remote(todo.pop(0))] = worker
            [finished], _ = ray.wait(list(busy), num_returns=1)
            free.append(busy.pop(finished))
            rows += ray.get(finished)
            yield total - len(todo) - len(busy), total
    finally:
        ray.shutdown()
    return rows
