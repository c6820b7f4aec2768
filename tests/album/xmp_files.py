"""XMP documents for tests, in the forms that programs write."""

import struct
from pathlib import Path

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP = "http://ns.adobe.com/xap/1.0/"


def packet(attributes: str = "", inside: str = "") -> bytes:
    """A packet whose description has these attributes and properties."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f' <rdf:RDF xmlns:rdf="{RDF}">\n'
        f'  <rdf:Description rdf:about="" xmlns:xmp="{XMP}"{attributes}>{inside}'
        "</rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()


def rated(stars: float | str, extra: str = "") -> bytes:
    return packet(f' xmp:Rating="{stars}"{extra}')


def write_tiff(path: Path, tags: list[tuple[int, int, int, bytes]], order: str = "<") -> None:
    """A TIFF without pixels: tags of a number, a type, a count and at most 4 bytes or more."""
    path.write_bytes(tiff(tags, order))


def tiff(tags: list[tuple[int, int, int, bytes]], order: str = "<") -> bytes:
    start = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    values_at = 8 + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    for number, kind, count, value in sorted(tags):
        entries += struct.pack(order + "HHI", number, kind, count)
        if len(value) <= 4:
            entries += value.ljust(4, b"\0")
        else:
            entries += struct.pack(order + "I", values_at + len(values))
            values += value + b"\0" * (len(value) % 2)
    return start + struct.pack(order + "H", len(tags)) + entries + bytes(4) + values
