"""A contact sheet: one HTML file with small pictures in it, to send to somebody.

Nothing is loaded from elsewhere, so it opens offline and in a mail, and says nothing of where the
photos lie.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Generator, Sequence
from pathlib import Path

from photoaes.album import atomic
from photoaes.album.export.names import free_name
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import ExportFailed, PhotoUnreadable, Sentence
from photoaes.images import open_image

EDGE = 480
QUALITY = 82
NAME = "contact-sheet.html"

# Around photos only neutral greys: a tint misleads the eye about their colours.
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
body {{ margin: 0; padding: 24px; background: #2b2b2b; color: #e6e6e6; font: 15px system-ui }}
h1 {{ font-size: 20px; font-weight: 600; margin: 0 0 16px }}
main {{ display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)) }}
figure {{ margin: 0; break-inside: avoid }}
img {{ width: 100%; aspect-ratio: 3 / 2; object-fit: contain; background: #1e1e1e }}
figcaption {{ padding-top: 6px; overflow-wrap: anywhere }}
.place {{ color: #a9a9a9 }}
.stars {{ color: #e5a823 }}
@media print {{ body {{ background: #fff; color: #000 }} img {{ background: #fff }} }}
</style></head>
<body><h1>{title}</h1><main>
{figures}
</main></body></html>
"""


def write_contact_sheet(
    photos: Sequence[RankedPhoto], target: Path, title: str
) -> Generator[tuple[int, int], None, Path]:
    """Write the sheet into the folder `target`; yields (done, total), returns its path.

    A photo that cannot be read is left out. An existing sheet is kept, the new one gets a number.
    Raises ExportFailed if the folder cannot be written.
    """
    figures = []
    for number, photo in enumerate(photos, start=1):
        try:
            figures.append(_figure(photo))
        except PhotoUnreadable:
            continue
        finally:
            yield number, len(photos)
    page = _PAGE.format(title=html.escape(_shown(title)), figures="\n".join(figures))
    try:
        target.mkdir(parents=True, exist_ok=True)
        while True:
            path = target / free_name(NAME, {entry.name.casefold() for entry in target.iterdir()})
            if atomic.replace(path, page.encode(), None):
                return path
    except OSError as error:
        text = Sentence("Cannot write to {0}: {1}.", target, error.strerror)
        raise ExportFailed(text, target) from error


def _figure(photo: RankedPhoto) -> str:
    name = html.escape(_shown(photo.path.name))
    stars = ""
    if photo.rating:
        drawn = "★" * photo.rating
        stars = f' <span class="stars" aria-label="{photo.rating} stars">{drawn}</span>'
    return (
        f'<figure><img alt="{name}" src="data:image/jpeg;base64,{_picture(photo.path)}">'
        f'<figcaption><span class="place">{photo.rank}</span> {name}{stars}</figcaption></figure>'
    )


def _picture(path: Path) -> str:
    """The photo, small, as base64; without EXIF, so that no place of a home is sent along."""
    image = open_image(path, max_edge=EDGE)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return base64.b64encode(file.getvalue()).decode()


def _shown(text: str) -> str:
    """Text without what cannot be encoded: names may hold bytes that are no letters."""
    return text.encode(errors="surrogateescape").decode(errors="replace")
