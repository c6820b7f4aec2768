"""A web page of the photos: a folder with one HTML file and the pictures, to be put on any server.

It needs no script and loads nothing from elsewhere. The pictures are made anew, without EXIF, so
that no place of a home is sent along, and neither names nor folders of the originals are told.
"""

from __future__ import annotations

import html
import io
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.exclusions import NO_MEDIA
from photoaes.album.export.names import free_name
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import ExportFailed, PhotoUnreadable, Sentence
from photoaes.images import open_image
from photoaes.new_files import new_folder, write_file

EDGE, QUALITY = 1920, 85
SMALL_EDGE, SMALL_QUALITY = 640, 80
HEIGHT = 240  # of a row
NAME = "web-page"

# Around photos only neutral greys: a tint misleads the eye about their colours.
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
body {{ margin: 0; padding: 24px; background: #2b2b2b; color: #e6e6e6; font: 15px system-ui }}
h1 {{ font-size: 22px; font-weight: 600; margin: 0 0 16px }}
main {{ display: flex; flex-wrap: wrap; gap: 8px }}
main a {{ height: {height}px }}
main img {{ height: 100%; width: 100%; object-fit: cover; display: block }}
main::after {{ content: ""; flex-grow: 999 }}
.large {{ display: none; position: fixed; inset: 0; background: #1e1e1e }}
.large:target {{ display: block }}
.large img {{ width: 100%; height: 100%; object-fit: contain }}
.large a {{ position: absolute; top: 0; bottom: 0; width: 30%; color: #e6e6e6; font-size: 32px;
  text-decoration: none; display: flex; align-items: center; padding: 16px;
  box-sizing: border-box }}
.back {{ left: 0 }}
.on {{ right: 0; justify-content: flex-end }}
.large a.close {{ bottom: auto; right: 0; width: auto; z-index: 1 }}
</style></head>
<body><h1>{title}</h1><main>
{small}
</main>
{large}
</body></html>
"""


def write_web_page(
    photos: Sequence[RankedPhoto], target: Path, title: str
) -> Generator[tuple[int, int], None, Path]:
    """Make the page's folder in the folder `target`; yields (done, total), returns its path.

    A photo that cannot be read is left out. An existing page is kept, the new one gets a number.
    Raises ExportFailed if the folder cannot be written.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        path = target / free_name(NAME, {entry.name.casefold() for entry in target.iterdir()})
        with new_folder(path) as folder:
            pictures: list[_Picture] = []
            for number, photo in enumerate(photos, start=1):
                size = _write_pictures(photo.path, folder, name := f"{number:04}.jpg")
                if size is not None:
                    pictures.append(_Picture(name, *size))
                yield number, len(photos)
            write_file(folder / NO_MEDIA, b"", over=False)  # its pictures are no photos to rank
            write_file(folder / "index.html", _page(pictures, title).encode(), over=False)
    except OSError as error:
        text = Sentence("Cannot write to {0}: {1}.", target, error.strerror)
        raise ExportFailed(text, target) from error
    return path


@dataclass(frozen=True)
class _Picture:
    """The large one's file, and its size in pixels."""

    name: str
    width: int
    height: int


def _write_pictures(path: Path, folder: Path, name: str) -> tuple[int, int] | None:
    """The large one's size; None for a photo that cannot be read."""
    try:
        image = open_image(path, max_edge=EDGE)
    except PhotoUnreadable:
        return None
    size = image.size
    for start, edge, quality in (("", EDGE, QUALITY), ("small-", SMALL_EDGE, SMALL_QUALITY)):
        image.thumbnail((edge, edge))
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        write_file(folder / f"{start}{name}", file.getvalue(), over=False)
    return size


def _page(pictures: Sequence[_Picture], title: str) -> str:
    small, large = [], []
    for place, one in enumerate(pictures, start=1):
        alt = f"Photo {place}"
        # Each as wide as its shape wants, before it is loaded too, so that nothing jumps.
        share = one.width / one.height
        size = f'width="{one.width}" height="{one.height}"'
        small.append(
            f'<a id="s{place}" href="#p{place}" style="flex: {share:.3f} 1 {HEIGHT * share:.0f}px">'
            f'<img loading="lazy" alt="{alt}" {size} src="small-{one.name}"></a>'
        )
        before, after = (place - 2) % len(pictures) + 1, place % len(pictures) + 1
        large.append(
            f'<div class="large" id="p{place}"><img loading="lazy" alt="{alt}" src="{one.name}">'
            f'<a class="close" href="#s{place}" aria-label="Close">\u00d7</a>'
            f'<a class="back" href="#p{before}" aria-label="Previous">\u2039</a>'
            f'<a class="on" href="#p{after}" aria-label="Next">\u203a</a></div>'
        )
    shown = title.encode(errors="surrogateescape").decode(errors="replace")
    return _PAGE.format(
        title=html.escape(shown), small="\n".join(small), large="\n".join(large), height=HEIGHT
    )
