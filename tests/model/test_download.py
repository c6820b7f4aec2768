"""The hub's real client against a small server on this computer, in a process of its own, since it
reads the hub's address once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

SIZE = 40_000_000  # the client tells every ten megabytes
PIECE = 1_000_000
FETCH = """
import sys
from photoaes.errors import PhotoaesError
from photoaes.model.bank.download import fetched

def told(done, total):
    print(done // 1_000_000, total // 1_000_000, flush=True)
    if sys.argv[1] == "stop":
        raise InterruptedError("Cancelled.")

config = {"hf_hub": "somebody/CLIP-ViT-B-16/"}
try:
    fetched(config, None, told)
except (PhotoaesError, InterruptedError) as error:
    print(error)
"""


class _Hub(BaseHTTPRequestHandler):
    """One file of zeros, not too fast, by the rules that the client expects."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._head()

    def do_GET(self) -> None:
        if not self._head():
            return
        for _ in range(0, SIZE, PIECE):
            try:
                self.wfile.write(bytes(PIECE))
            except OSError:  # who fetches has had enough
                return
            time.sleep(0.04)

    def _head(self) -> bool:
        found = self.path.endswith("/open_clip_pytorch_model.bin")
        self.send_response(200 if found else 404)
        if found:
            self.send_header("ETag", '"' + "0" * 40 + '"')
            self.send_header("X-Repo-Commit", "a" * 40)
        else:
            self.send_header("X-Error-Code", "EntryNotFound")
        self.send_header("Content-Length", str(SIZE if found else 0))
        self.end_headers()
        return found

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


class _Refusing(_Hub):
    """A hub that gives nothing. (Errors of a server would be tried again for long.)"""

    def _head(self) -> bool:
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False


@pytest.fixture
def hub(request: pytest.FixtureRequest) -> Iterator[str]:
    """Its address. By `indirect` another handler than `_Hub`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), getattr(request, "param", _Hub))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def _fetch(hub: str, home: Path, how: str = "whole", **more: str) -> list[str]:
    environment = {**os.environ, "HF_ENDPOINT": hub, "HF_HOME": str(home / "hub"), **more}
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        environment.pop(name, None)
    run = subprocess.run(
        [sys.executable, "-c", FETCH, how],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stdout.splitlines()


def _kept(home: Path) -> list[int]:
    blobs = (home / "hub").rglob("blobs/*")
    return [path.stat().st_size for path in blobs]


def test_it_tells_how_far_it_is_stops_and_is_there_the_next_time(hub: str, tmp_path: Path) -> None:
    assert _fetch(hub, tmp_path, "stop") == ["10 40", "Cancelled."]
    assert _kept(tmp_path) != [SIZE]
    megabytes = [int(line.split()[0]) for line in _fetch(hub, tmp_path)]
    assert megabytes == sorted(megabytes)
    assert len(set(megabytes)) > 1
    assert _kept(tmp_path) == [SIZE]
    assert _fetch("http://127.0.0.1:9", tmp_path) == []


def test_without_a_network_a_clear_sentence_comes_soon(tmp_path: Path) -> None:
    [sentence] = _fetch("http://127.0.0.1:9", tmp_path)
    assert sentence.startswith("127.0.0.1 cannot be reached. Connect this computer to the network")


def test_where_downloads_are_forbidden_it_says_by_what(hub: str, tmp_path: Path) -> None:
    [sentence] = _fetch(hub, tmp_path, HF_HUB_OFFLINE="1")
    assert sentence == "HF_HUB_OFFLINE is set, which forbids downloads: unset it once."


@pytest.mark.parametrize("hub", [_Refusing], indirect=True)
def test_a_hub_that_refuses_is_not_said_to_lack_the_files(hub: str, tmp_path: Path) -> None:
    [sentence] = _fetch(hub, tmp_path)
    assert sentence.startswith("somebody/CLIP-ViT-B-16 did not answer")


class _Cutting(_Hub):
    """A line that breaks once, half-way; what is asked for from there on is given."""

    begun: ClassVar[list[int]] = []
    is_gone = False  # and then for good

    def do_GET(self) -> None:
        first = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        self.begun.append(first)
        if self.is_gone and len(self.begun) > 1:
            self.close_connection = True
            return
        self.send_response(206 if first else 200)
        self.send_header("Content-Length", str(SIZE - first))
        self.send_header("ETag", '"' + "0" * 40 + '"')
        if first:
            self.send_header("Content-Range", f"bytes {first}-{SIZE - 1}/{SIZE}")
        self.end_headers()
        end = SIZE // 2 if len(self.begun) == 1 else SIZE
        for _ in range(first, end, PIECE):
            self.wfile.write(bytes(PIECE))
        self.close_connection = True


class _Gone(_Cutting):
    begun: ClassVar[list[int]] = []
    is_gone = True


@pytest.mark.parametrize("hub", [_Cutting], indirect=True)
def test_a_download_that_is_cut_once_comes_to_its_end(hub: str, tmp_path: Path) -> None:
    _Cutting.begun.clear()
    megabytes = [line.split()[0] for line in _fetch(hub, tmp_path)]
    assert megabytes[-1] == str(SIZE // 1_000_000)
    assert len(_Cutting.begun) > 1
    assert _kept(tmp_path) == [SIZE]


@pytest.mark.parametrize("hub", [_Gone], indirect=True)
def test_a_line_that_stays_cut_is_said(hub: str, tmp_path: Path) -> None:
    _Gone.begun.clear()
    assert _fetch(hub, tmp_path)[-1].startswith(
        "The download from somebody/CLIP-ViT-B-16 broke off"
    )
    assert SIZE not in _kept(tmp_path)
