"""What a folder of originals holds, to compare before and after."""

import hashlib
from pathlib import Path


def contents(folder: Path) -> dict[str, str]:
    """Content and time of every file below the folder, by its name there."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        + f" {path.stat().st_mtime_ns}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
