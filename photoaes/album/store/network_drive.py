"""Whether a folder is on another computer, where SQLite's locks and log cannot be relied on."""

from __future__ import annotations

import re
from pathlib import Path

# As Linux names them. 9p and virtiofs are folders of a virtual machine's host.
_NETWORK = re.compile(
    r"nfs\d*|cifs|smb\w*|9p|virtiofs|afs|ceph|glusterfs|davfs|fuse\.(sshfs|rclone|.*dav.*)"
)
_OCTAL = re.compile(rb"\\([0-7]{3})")


def network_notice(folder: Path) -> str | None:
    """A sentence for the user, if the folder is known to be on a network drive."""
    if folder.drive.startswith("\\\\"):
        is_network = True
    else:
        try:
            is_network = is_on_network(folder, Path("/proc/self/mounts").read_bytes())
        except OSError:  # not Linux: nothing is known
            return None
    if not is_network:
        return None
    return (
        f"The ratings in {folder} are on a network drive. If the connection breaks, they may be "
        "damaged. Keep them on a drive of this computer."
    )


def is_on_network(folder: Path, mounts: bytes) -> bool:
    """Whether it is below a network drive, by a table in the form of /proc/self/mounts."""
    deepest, found = -1, False
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(b" ")
        # Blanks in names are written as \040.
        plain = _OCTAL.sub(lambda match: bytes([int(match[1], 8)]), point)
        above = Path(plain.decode("utf-8", "surrogateescape"))
        # Of two drives on one point the later hides the earlier.
        if folder.is_relative_to(above) and len(above.parts) >= deepest:
            deepest, found = (
                len(above.parts),
                bool(_NETWORK.fullmatch(kind.decode("ascii", "replace"))),
            )
    return found
