"""`photoaes score`: stars of very many images, into Parquet files, on one computer or many."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

from photoaes.cli.commands import Commands, add_device
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid, PhotoaesError

PART = 10_000  # images: some minutes of a processor, which is what a kill costs


def add_command(commands: Commands) -> None:
    """Add `score` to the command line."""
    parser = commands.add_parser(
        "score",
        help="score very many images, also on a cluster",
        description="Scores every image of SOURCE and writes rows key, stars, problem to Parquet "
        "files in DIR. Begun again after any break it goes on, and loses and doubles nothing. No "
        "image is kept, and nothing is learned. photoaes/bulk/CLUSTER.md has costs and figures.",
    )
    parser.add_argument(
        "source",
        metavar="SOURCE",
        type=Path,
        help="a folder of photos, of tar shards or of Parquet files with bytes of images; one such "
        "file; or a CSV with a column path",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="where rows go")
    parser.add_argument("--bank", help="folder or name of a bank (default: the bundled one)")
    parser.add_argument(
        "--profile",
        metavar="FILE",
        type=Path,
        help="score by this taste, a file of `profile export`",
    )
    parser.add_argument(
        "--engine",
        choices=("plain", "ray"),
        default="plain",
        help="processes of this computer (default), or a Ray cluster",
    )
    parser.add_argument("--workers", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--address", help="of a Ray cluster that runs (default: one made here)")
    parser.add_argument(
        "--part", type=int, default=PART, metavar="N", help=f"photos of a file (default {PART})"
    )
    parser.add_argument(
        "--half",
        action="store_true",
        help="half precision where the processor has it (bfloat16), in less than two thirds of the "
        "time: stars differ by up to 0.05",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    add_device(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    if options.workers < 1 or options.part < 1:
        raise InputInvalid("--workers and --part must be at least 1.")
    if importlib.util.find_spec("pyarrow") is None:
        raise PhotoaesError(
            "The rows are written by pyarrow, which is not installed. Install it: "
            'pip install "photoaes[cluster]"'
        )
    from photoaes.bulk.engines import by_ray, plainly
    from photoaes.bulk.parts import planned

    profile = str(options.profile.absolute()) if options.profile else None
    work = planned(
        options.source, options.out, options.part, options.bank, profile, options.device,
        half=options.half,
    )  # fmt: skip
    meter = Meter(options.quiet)
    left = len(work.missing())
    if left < len(work.parts):
        meter.say(f"{len(work.parts) - left} of {len(work.parts)} parts were scored before.")
    job = (
        by_ray(work, options.workers, options.address)
        if options.engine == "ray"
        else plainly(work, options.workers)
    )
    rows = meter.through(job, "Scoring parts")
    print(f"{rows} rows written: {options.out}")
