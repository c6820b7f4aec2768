"""An XML document together with the place of each of its parts, for edits that keep the rest.

`xml.etree` and its like give a tree that, written back, has other prefixes, no comments, another
order and other white space. Here expat, a full XML parser, judges the document and says at which
byte each element starts; the start tags in question are then split into attributes, which is easy
because expat has found them well-formed. Whoever edits replaces those bytes alone.

Nothing in a document makes us read another file or grow memory: a DOCTYPE, and with it every
entity of the document's own, is refused; XMP needs none. Depth and number of elements are bounded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

# Lightroom's brush strokes make sidecars of some MB; beyond this it is no sidecar.
MAX_BYTES = 16 << 20
_MAX_DEPTH = 100
_MAX_ELEMENTS = 50_000
_MAX_ATTRIBUTES = 150_000
Name = tuple[str, str]  # the namespace's URI, "" for none, and the local name

_XML_URI = "http://www.w3.org/XML/1998/namespace"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "iso-8859-1": "latin-1"}
_TAG_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"""(\s+)([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG_END = re.compile(rb"\s*(/?)>")


class XmlInvalid(Exception):
    """What is wrong with a document, as a clause."""


class Scope:
    """Which prefix stands for which URI: an element's own declarations, then those around it."""

    def __init__(self, declared: dict[str, str], around: Scope | None) -> None:
        self._declared = declared
        self._around = around

    def uri(self, prefix: str) -> str | None:
        scope: Scope | None = self
        while scope is not None:
            if prefix in scope._declared:
                return scope._declared[prefix]
            scope = scope._around
        return None

    def prefixes(self, uri: str) -> list[str]:
        """All prefixes, none of them empty, that mean this URI here."""
        scope: Scope | None = self
        known: list[str] = []
        while scope is not None:
            known += scope._declared
            scope = scope._around
        return [prefix for prefix in dict.fromkeys(known) if prefix and self.uri(prefix) == uri]


@dataclass
class Element:
    """`start` is the byte of its "<", `close` that of its end tag's; `text` is its own alone.

    What is in an opaque element is not looked at: its children and text are left out.
    """

    name: Name
    attributes: dict[Name, str]
    scope: Scope
    start: int
    is_opaque: bool
    close: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class AttributeSpan:
    """Bytes of an attribute: the white space before it, its name, and the value in its quotes."""

    qualified: str
    lead: int
    start: int
    value_start: int
    value_end: int

    @property
    def end(self) -> int:
        return self.value_end + 1


@dataclass(frozen=True)
class StartTag:
    """Bytes of a start tag: behind its name, and where its ">" or "/>" begins and ends."""

    name_end: int
    attributes: list[AttributeSpan]
    bracket: int
    end: int
    is_empty: bool


class Document:
    """A parsed document. `source` is UTF-8 without a byte order mark, whatever the file is in."""

    def __init__(self, source: bytes, is_opaque: Callable[[Name, Name], bool]) -> None:
        """`is_opaque` says of a parent's and an element's name whether to skip what is inside."""
        self.source = source
        self.root = _Builder(is_opaque).build(source)

    def start_tag(self, element: Element) -> StartTag:
        """The element's start tag, split into its parts."""
        name = _TAG_NAME.match(self.source, element.start)
        assert name is not None
        at, spans = name.end(), []
        while found := _ATTRIBUTE.match(self.source, at):
            at = found.end()
            qualified = found[2].decode()
            spans.append(
                AttributeSpan(qualified, found.start(), found.start(2), found.start(3) + 1, at - 1)
            )
        end = _TAG_END.match(self.source, at)
        assert end is not None
        return StartTag(name.end(), spans, at, end.end(), end[1] == b"/")

    def end(self, element: Element) -> int:
        """Offset of the first byte behind the element's end tag."""
        tag = self.start_tag(element)
        return tag.end if tag.is_empty else self.source.index(b">", element.close) + 1

    def attribute(self, element: Element, name: Name) -> AttributeSpan:
        """The place of an attribute that the element has."""
        return next(
            span
            for span in self.start_tag(element).attributes
            if not _is_declaration(span.qualified)
            and _resolve(span.qualified, element.scope) == name
        )


@dataclass(frozen=True)
class Encoding:
    """How a file writes its characters: a codec, and the byte order mark before them."""

    codec: str
    mark: bytes

    def encode(self, source: bytes) -> bytes:
        """The file's bytes for a document in UTF-8; exactly the old ones where it is unchanged."""
        if self.codec == "utf-8":
            return self.mark + source
        # What ASCII or Latin-1 lacks can only come from our values, where references may stand.
        return self.mark + source.decode().encode(self.codec, "xmlcharrefreplace")


def decode(data: bytes) -> tuple[bytes, Encoding]:
    """A file's document in UTF-8, and how to write it back. Raises XmlInvalid."""
    if not data.strip(b"\0 \t\r\n"):
        raise XmlInvalid("the file is empty")
    if len(data) > MAX_BYTES:
        raise XmlInvalid(f"it is larger than {MAX_BYTES >> 20} MiB")
    # Before it is parsed: the parser collects an element's attributes before it tells of them.
    if data.count(b"=") > _MAX_ATTRIBUTES:
        raise XmlInvalid("it has more parts, or deeper ones, than any real sidecar")
    encoding = _encoding(data)
    body = data[len(encoding.mark) :]
    if encoding.codec == "utf-8":
        return body, encoding
    try:
        return body.decode(encoding.codec).encode(), encoding
    except UnicodeError:
        raise XmlInvalid("its text is damaged") from None


def _encoding(data: bytes) -> Encoding:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return Encoding(codec, mark)
    for start, codec in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if data.startswith(start):
            return Encoding(codec, b"")
    declared = _DECLARED.match(data[:200])
    name = declared[1].decode().lower() if declared else "utf-8"
    if name not in _ENCODINGS:
        raise XmlInvalid(f"its text is encoded as {name}, which XMP does not allow")
    return Encoding(_ENCODINGS[name], b"")


class _Builder:
    """Collects expat's events into a tree."""

    def __init__(self, is_opaque: Callable[[Name, Name], bool]) -> None:
        self._is_opaque = is_opaque
        self._count = 0
        self._inside_opaque = 0
        self._open: list[Element] = []
        self._text: list[list[str]] = []
        self._root: Element | None = None
        # The encoding given here overrides the declared one: the source has been recoded.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def build(self, source: bytes) -> Element:
        """Parse the document; its root element. Raises XmlInvalid."""
        try:
            self._parser.Parse(source, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "damaged")
            raise XmlInvalid(f"it is not whole XML (line {error.lineno}: {reason})") from None
        assert self._root is not None  # or expat would have raised
        return self._root

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.is_opaque:
            self._inside_opaque += 1
            return
        self._count += 1
        if self._count > _MAX_ELEMENTS or len(self._open) > _MAX_DEPTH:
            raise XmlInvalid("it has more parts, or deeper ones, than any real sidecar")
        scope = parent.scope if parent else Scope({"xml": _XML_URI, "": ""}, None)
        declared = {k[6:]: v for k, v in attributes.items() if _is_declaration(k)}
        if declared:
            scope = Scope(declared, scope)
        name = _resolve(qualified, scope, scope.uri("") or "")
        opaque = parent is not None and self._is_opaque(parent.name, name)
        element = Element(
            name, _names(attributes, scope), scope, self._parser.CurrentByteIndex, opaque
        )
        if parent:
            parent.children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._text.append([])

    def _end(self, _qualified: str) -> None:
        if self._inside_opaque:
            self._inside_opaque -= 1
            return
        element = self._open.pop()
        element.close = self._parser.CurrentByteIndex
        element.text = "".join(self._text.pop())

    def _characters(self, text: str) -> None:
        if not self._open[-1].is_opaque:
            self._text[-1].append(text)


def _names(attributes: dict[str, str], scope: Scope) -> dict[Name, str]:
    """The attributes that are not declarations, by what their names mean."""
    values: dict[Name, str] = {}
    for qualified, value in attributes.items():
        if not _is_declaration(qualified):
            name = _resolve(qualified, scope)
            if name in values:  # two prefixes of one namespace
                raise XmlInvalid(f"it gives {qualified} twice in one tag")
            values[name] = value
    return values


def _is_declaration(qualified: str) -> bool:
    return qualified == "xmlns" or qualified.startswith("xmlns:")


def _resolve(qualified: str, scope: Scope, default: str = "") -> Name:
    """What a name means. `default` is the URI of names without prefix: none for attributes."""
    prefix, colon, local = qualified.rpartition(":")
    if not colon:
        return default, local
    uri = scope.uri(prefix)
    if not uri:
        raise XmlInvalid(f"it uses the prefix {prefix} without saying what it stands for")
    return uri, local


def _refuse_doctype(*_: object) -> None:
    raise XmlInvalid("it brings a document type with definitions of its own, which XMP never needs")
