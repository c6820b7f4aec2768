"""Pretrained weights from the hub that open_clip names, fetched once and then cached.

A download goes on where an earlier one broke off. Without a network it says so within seconds: the
hub's own client would try for most of a minute.
"""

from __future__ import annotations

import inspect
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from photoaes.errors import DownloadFailed, Sentence

# Bytes so far and bytes in all, 0 where unknown; it may raise, which stops the download.
Told = Callable[[int, int], None]
SECONDS = 5.0  # to wait for a connection
# What open_clip calls them where its list names a repository alone.
WEIGHTS, SAFE_WEIGHTS = "open_clip_pytorch_model.bin", "open_clip_model.safetensors"


def fetched(config: Mapping[str, Any], cache: Path | None, told: Told | None = None) -> Path:
    """The file with the weights of an entry of open_clip's list. Raises DownloadFailed, or OSError
    for a disk that is full."""
    import open_clip

    if not config.get("hf_hub"):
        return Path(open_clip.download_pretrained(dict(config), cache_dir=_text(cache)))
    repository, _, name = str(config["hf_hub"]).rpartition("/")
    names = _names(name)
    if (known := _cached(repository, names, cache)) is not None:
        return known
    _check_connection()
    return _downloaded(repository, names, cache, told)


def kept(config: Mapping[str, Any], cache: Path | None) -> Path | None:
    """The same file if it is on this computer; asks nobody."""
    if config.get("hf_hub"):
        repository, _, name = str(config["hf_hub"]).rpartition("/")
        return _cached(repository, _names(name), cache)
    if config.get("file"):
        return Path(config["file"])
    folder = cache or Path("~/.cache/clip").expanduser()  # open_clip's own
    path = folder / str(config.get("url", "")).rpartition("/")[2]
    return path if path.is_file() else None


def _names(name: str) -> list[str]:
    """The files that open_clip would take, the first one that there is."""
    if name in ("", WEIGHTS):
        return [SAFE_WEIGHTS, WEIGHTS]
    stem = name.removesuffix(".bin").removesuffix(".pth")
    return [name] if stem == name else [f"{stem}.safetensors", name]


def _cached(repository: str, names: Sequence[str], cache: Path | None) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    found = (try_to_load_from_cache(repository, name, cache_dir=_text(cache)) for name in names)
    return next((Path(path) for path in found if isinstance(path, str)), None)


def _check_connection() -> None:
    from huggingface_hub import constants

    hub = urlsplit(constants.ENDPOINT)
    host = hub.hostname or ""
    if constants.HF_HUB_OFFLINE:
        raise DownloadFailed("HF_HUB_OFFLINE is set, which forbids downloads: unset it once.")
    if hub.scheme in getproxies():
        return  # a proxy knows names that we do not
    port = hub.port or (80 if hub.scheme == "http" else 443)
    try:
        socket.create_connection((host, port), timeout=SECONDS).close()
    except OSError as error:
        raise DownloadFailed(
            Sentence(
                "{0} cannot be reached. Connect this computer to the network and try again: "
                "the download is needed once.",
                host,
            )
        ) from error


def _downloaded(
    repository: str, names: Sequence[str], cache: Path | None, told: Told | None
) -> Path:
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import (
        EntryNotFoundError,
        HfHubHTTPError,
        LocalEntryNotFoundError,
    )

    more: dict[str, Any] = {}
    if told is not None and "tqdm_class" in inspect.signature(hf_hub_download).parameters:
        more["tqdm_class"] = _meter(told)
    for name in names:
        try:
            return Path(hf_hub_download(repository, name, cache_dir=_text(cache), **more))
        except LocalEntryNotFoundError as error:  # no answer, though it is an EntryNotFoundError
            raise DownloadFailed(f"{repository} did not answer: {error}") from error
        except EntryNotFoundError:
            continue
        except HfHubHTTPError as error:
            raise DownloadFailed(f"{repository} did not give the weights: {error}") from error
        except _network_errors() as error:
            raise DownloadFailed(
                f"The download from {repository} broke off: {error}. Try again."
            ) from error
    raise DownloadFailed(f"{repository} has none of the files {', '.join(names)} any more.")


def _network_errors() -> tuple[type[BaseException], ...]:
    """What a cut line raises in whichever client the hub's library has: none is of its own."""
    known = (("httpx2", "HTTPError"), ("httpx", "HTTPError"), ("requests", "RequestException"))
    found = (getattr(sys.modules.get(module), name, None) for module, name in known)
    return tuple(one for one in found if one is not None)


def _meter(told: Told) -> type[Any]:
    """A progress bar that draws nothing and tells."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    class TellingBar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **keywords: Any) -> None:
            self._done, self._all = int(keywords.get("initial") or 0), keywords.get("total")
            super().__init__(*args, **{**keywords, "disable": True})

        def update(self, n: float | None = 1) -> bool | None:
            self._done += int(n or 0)
            told(self._done, int(self._all or 0))
            return None

    return TellingBar


def _text(path: Path | None) -> str | None:
    return str(path) if path else None
