"""Files of this computer that desktops and drops name by URLs. Imports next to nothing."""

from __future__ import annotations

import os
import re

from photoaes.system import path_of_url

_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_HOSTS = ("", "localhost")


def local_path(url: str) -> str | None:
    """The path that a file: URL names, byte by byte as it stands on the disk; None for other texts,
    and for what is no path of this computer."""
    if not url.lower().startswith("file:"):
        return None
    rest = url[len("file:") :].partition("#")[0].partition("?")[0]
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if host.lower() not in _HOSTS:
            return None
        rest = slash + path
    name = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), os.fsencode(rest))
    if not name.startswith(b"/") or b"\0" in name:
        return None
    return os.fsdecode(path_of_url(name))
