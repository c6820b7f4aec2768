"""One XMP document: the properties we know, and edits that change their bytes and no others.

XMP (ISO 16684-1, Adobe's specification part 1) is RDF in XML. A simple property stands in an
rdf:Description below rdf:RDF, as an attribute or as an element, under any prefix bound to its
namespace. Programs differ in which they write; an edit keeps the form it finds, and a new property
takes the form, the prefix and the indentation of its neighbours.

A document is edited as text, at places that a real XML parser has found (see `xml_source`): so
comments, processing instructions, foreign nodes, the order of attributes, quotes, white space and
the encoding stay, byte for byte. Tools that rewrite a parsed tree keep the meaning only, and a
sidecar of darktable then differs in every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from photoaes.album.sidecars.dialects import NAMES
from photoaes.album.sidecars.xml_source import (
    AttributeSpan,
    Document,
    Element,
    Name,
    StartTag,
    XmlInvalid,
    decode,
)

XMP = "http://ns.adobe.com/xap/1.0/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
OWNER = (PHOTOSHOP, "SidecarForExtension")
# A name only, as all namespaces are: nothing is ever fetched from there.
OURS = "https://photoaes.org/ns/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_PREFIXES = {XMP: "xmp", PHOTOSHOP: "photoshop", OURS: "photoaes"}
_DESCRIPTION = (RDF, "Description")
_VALUE = (RDF, "value")
_OTHERS = frozenset(NAMES)
_NESTED = frozenset((RDF, local) for local in ("value", "Description", "Alt", "Bag", "Seq", "li"))
_KEPT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DEEPEST_VALUE = 4  # property, rdf:Description, rdf:value, or property, rdf:Alt, rdf:li
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="photoaes">\n'
    b' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    b'  <rdf:Description rdf:about=""\n    xmlns:xmp="http://ns.adobe.com/xap/1.0/"/>\n'
    b" </rdf:RDF>\n"
    b"</x:xmpmeta>\n"
)


@dataclass(frozen=True)
class _ValuePlace:
    """Where a property's value stands: in an attribute of `element`, or as its text.

    `whole` is the property's element; None where it is an attribute of the description.
    """

    element: Element
    attribute: Name | None
    whole: Element | None


def properties(data: bytes, names: tuple[Name, ...]) -> dict[Name, list[str]]:
    """The values of these properties in an XMP document, most often one each; absent ones lack.

    Raises XmlInvalid for what is no XMP.
    """
    document = _open(decode(data)[0])
    found = {name: [_value(place) for place in _places(document, name)] for name in names}
    return {name: values for name, values in found.items() if values}


def sayable(text: str) -> str:
    """The text without characters that XML cannot hold, such as most control characters."""
    return _NOT_XML.sub("", text)


def edited(data: bytes | None, changes: Mapping[Name, str | None]) -> bytes:
    """The document with these properties set, or taken away (None); a new one for no data.

    A value that stands there twice is set twice. Raises XmlInvalid for what is no XMP, and for
    properties in a form that we do not know.
    """
    source, encoding = decode(_EMPTY if data is None else data)
    for name, value in changes.items():
        source = _with_property(_open(source), name, value)
    _open(source)  # what replaces a person's file has been read again
    return encoding.encode(source)


def _open(source: bytes) -> Document:
    document = Document(source, _is_foreign)
    if _rdf(document) is None:
        raise XmlInvalid("it is XML, but not XMP")
    return document


def _is_foreign(parent: Name, child: Name) -> bool:
    """Whether this is a property that we neither read nor write, maybe of megabytes."""
    is_read = child[0] in (XMP, OURS) or child == OWNER or child in _OTHERS
    return parent == _DESCRIPTION and not is_read


def _rdf(document: Document) -> Element | None:
    candidates = [document.root, *document.root.children]
    return next((element for element in candidates if element.name == (RDF, "RDF")), None)


def _descriptions(document: Document) -> list[Element]:
    rdf = _rdf(document)
    assert rdf is not None
    return [element for element in rdf.children if element.name == _DESCRIPTION]


def _places(document: Document, name: Name) -> Iterator[_ValuePlace]:
    for description in _descriptions(document):
        if name in description.attributes:
            yield _ValuePlace(description, name, None)
        for child in description.children:
            if child.name == name:
                yield _leaf(child)


def _leaf(whole: Element) -> _ValuePlace:
    """The one value of a property element, also if qualified (rdf:value) or in an array."""
    element = whole
    for _ in range(_DEEPEST_VALUE):
        if _VALUE in element.attributes:
            return _ValuePlace(element, _VALUE, whole)
        if not element.children:
            return _ValuePlace(element, None, whole)
        values = [child for child in element.children if child.name == _VALUE]
        element = (values or element.children)[0]
        if element.name not in _NESTED:
            break
    raise XmlInvalid(f"it has {whole.name[1]} in a form that photoaes does not know")


def _value(place: _ValuePlace) -> str:
    return (
        place.element.text if place.attribute is None else place.element.attributes[place.attribute]
    )


def _with_property(document: Document, name: Name, value: str | None) -> bytes:
    places = list(_places(document, name))
    splices: list[tuple[int, int, bytes]]
    if value is None:
        splices = [_removal(document, place) for place in places]
    elif places:
        splices = [_replacement(document, place, value) for place in places]
    else:
        splices = _insertion(document, name, value)
    source = document.source
    for start, end, new in sorted(splices, reverse=True):
        source = source[:start] + new + source[end:]
    return source


def _replacement(document: Document, place: _ValuePlace, value: str) -> tuple[int, int, bytes]:
    element = place.element
    if place.attribute is not None:
        span = document.attribute(element, place.attribute)
        return span.value_start, span.value_end, _escaped(value)
    tag = document.start_tag(element)
    if tag.is_empty:
        qualified = document.source[element.start + 1 : tag.name_end]
        return tag.bracket, tag.end, b">" + _escaped(value) + b"</" + qualified + b">"
    kept = b"".join(_KEPT.findall(document.source[tag.end : element.close]))
    return tag.end, element.close, _escaped(value) + kept


def _removal(document: Document, place: _ValuePlace) -> tuple[int, int, bytes]:
    if place.whole is None:
        assert place.attribute is not None
        span = document.attribute(place.element, place.attribute)
        return span.lead, span.end, b""
    start = _indent(document.source, place.whole.start)
    return start, document.end(place.whole), b""


def _indent(source: bytes, start: int) -> int:
    """Where the white space before this byte begins."""
    return len(source[:start].rstrip(b" \t\r\n"))


def _insertion(document: Document, name: Name, value: str) -> list[tuple[int, int, bytes]]:
    host = _host(document, name[0])
    if host is None:
        return [_new_description(document, name, value)]
    tag = document.start_tag(host)
    prefix, declaration = _prefix(host, tag, document.source, name[0])
    qualified = f"{prefix}:{name[1]}".encode()
    if _has_properties_inside(host, tag):
        place = _beside_element(document, host, name[0], qualified, value)
    else:
        place = _beside_attribute(document, host, tag, name[0], qualified, value)
    return [place] if declaration is None else _joined(declaration, place)


def _joined(
    first: tuple[int, int, bytes], second: tuple[int, int, bytes]
) -> list[tuple[int, int, bytes]]:
    """Two insertions; at the same byte they become one, the declaration first."""
    if first[0] == second[0]:
        return [(first[0], first[1], first[2] + second[2])]
    return [first, second]


def _host(document: Document, uri: str) -> Element | None:
    """The description that takes a new property: one with others of its namespace, or akin."""
    descriptions = _descriptions(document)
    for description in descriptions:
        known = [*description.attributes, *(child.name for child in description.children)]
        if any(name[0] == uri for name in known):
            return description
    declared = [one for one in descriptions if one.scope.prefixes(uri)]
    return next(iter(declared or descriptions), None)


def _has_properties_inside(host: Element, tag: StartTag) -> bool:
    """Whether the description writes properties as elements, and none as attributes."""
    plain = [name for name in host.attributes if name[0] not in (RDF, "")]
    return not plain and bool(host.children) and not tag.is_empty


def _prefix(
    host: Element, tag: StartTag, source: bytes, uri: str
) -> tuple[str, tuple[int, int, bytes] | None]:
    """A prefix bound to the namespace, and the insertion that declares it where none is."""
    bound = host.scope.prefixes(uri)
    if bound:
        return bound[0], None
    prefix, number = _PREFIXES[uri], 1
    while host.scope.uri(prefix) is not None:
        number += 1
        prefix = f"{_PREFIXES[uri]}{number}"
    declared = [span for span in tag.attributes if span.qualified.startswith("xmlns:")]
    at = declared[-1].end if declared else tag.name_end
    lead = _lead(source, declared[-1]) if declared else b" "
    return prefix, (at, at, lead + f'xmlns:{prefix}="{uri}"'.encode())


def _beside_attribute(
    document: Document, host: Element, tag: StartTag, uri: str, qualified: bytes, value: str
) -> tuple[int, int, bytes]:
    prefixes = host.scope.prefixes(uri)
    akin = [span for span in tag.attributes if span.qualified.partition(":")[0] in prefixes]
    # rdf:about often stands on the tag's first line: indentation is taken from the last neighbour.
    beside = next(iter(akin[-1:] or tag.attributes[-1:]), None)
    at = beside.end if beside else tag.name_end
    lead = _lead(document.source, beside) if beside else b" "
    return at, at, lead + qualified + b'="' + _escaped(value) + b'"'


def _beside_element(
    document: Document, host: Element, uri: str, qualified: bytes, value: str
) -> tuple[int, int, bytes]:
    akin = [child for child in host.children if child.name[0] == uri]
    beside = (akin or host.children)[-1]
    lead = document.source[_indent(document.source, beside.start) : beside.start]
    at = document.end(beside)
    return at, at, lead + b"<" + qualified + b">" + _escaped(value) + b"</" + qualified + b">"


def _new_description(document: Document, name: Name, value: str) -> tuple[int, int, bytes]:
    """A first description for a document that has none."""
    rdf = _rdf(document)
    assert rdf is not None
    tag = document.start_tag(rdf)
    rdf_name = document.source[rdf.start + 1 : tag.name_end]
    prefix, local = _PREFIXES[name[0]], name[1]
    new = (
        f'<r:Description xmlns:r="{RDF}" r:about="" xmlns:{prefix}="{name[0]}" {prefix}:{local}="'
    ).encode() + _escaped(value) + b'"/>'  # fmt: skip
    if tag.is_empty:
        return tag.bracket, tag.end, b">" + new + b"</" + rdf_name + b">"
    return rdf.close, rdf.close, new


def _lead(source: bytes, span: AttributeSpan) -> bytes:
    return source[span.lead : span.start]


def _escaped(value: str) -> bytes:
    """The value for an attribute in any quotes or for text; what XML cannot say is left out."""
    value = sayable(value)
    for character, reference in (
        ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"),
        ("\t", "&#9;"), ("\n", "&#10;"), ("\r", "&#13;"),
    ):  # fmt: skip
        value = value.replace(character, reference)
    return value.encode()
