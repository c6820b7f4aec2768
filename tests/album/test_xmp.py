"""One XMP document: every form is read, and an edit changes its own bytes and no others."""

import codecs
import difflib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.sidecars.xml_source import MAX_BYTES, XmlInvalid
from photoaes.album.sidecars.xmp import OURS, edited, properties
from photoaes.album.sidecars.xmp_marks import (
    DATED,
    LABEL,
    OUR_STARS,
    RATING,
    SCORE,
    WrittenScore,
    changes,
    parse_date,
    parse_rating,
    statement,
)
from tests.album.xmp_files import RDF, XMP, packet, rated


def changed_lines(before: bytes, after: bytes) -> list[str]:
    lines = difflib.unified_diff(
        before.decode().splitlines(), after.decode().splitlines(), lineterm="", n=0
    )
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def marked(data: bytes | None, marks: Marks, score: WrittenScore | None = None) -> bytes:
    return edited(data, changes(data, marks, score))


@pytest.mark.parametrize(
    ("text", "rating"),
    [("5", 5), ("5.0", 5), (" 5 ", 5), ("+4", 4), ("-1", -1), ("-1.00", -1), ("0", 0), ("-0", 0)]
    + [("2.5", 3), ("2.49", 2), ("0.4", 0), (".6", 1), ("3.", 3), ("\n3\t", 3)],
)
def test_numbers(text: str, rating: int) -> None:
    assert parse_rating(text) == rating


@pytest.mark.parametrize(
    "text", ["five", "NaN", "inf", "1e0", "6", "5.4", "-2", "-0.5", "99", "4,0", "٣", "0x3", "--1"]
)
def test_garbage_is_unread_with_a_reason(text: str) -> None:
    said = statement(rated(text))
    assert said.marks == Marks()
    assert said.problem is not None
    assert text in said.problem


@pytest.mark.parametrize(
    "document",
    [
        packet(' xmp:Rating="3" xmp:Label="Red"'),
        packet(" xmp:Rating = '3'\n\txmp:Label='Red'"),
        packet("", "<xmp:Rating>3</xmp:Rating><xmp:Label>Red</xmp:Label>"),
        packet("", "\n<xmp:Rating><![CDATA[3]]></xmp:Rating><xmp:Label>R&#101;d</xmp:Label>"),
        packet(f' xmlns:a="{XMP}" a:Rating="3" a:Label="Red"'),
        packet("", f'<Rating xmlns="{XMP}">3</Rating><Label xmlns="{XMP}">Red</Label>'),
        packet(' xmp:Label="Red"', "<xmp:Rating><!-- a > b -->3</xmp:Rating>"),
        packet(
            ' xmp:Label="Red"',
            '<xmp:Rating rdf:parseType="Resource"><rdf:value>3</rdf:value>'
            "<xmp:note>x</xmp:note></xmp:Rating>",
        ),
        packet(' xmp:Label="Red"', '<xmp:Rating rdf:value="3" xmp:note="9"/>'),
        packet(
            ' xmp:Rating="3.0"',
            '<xmp:Label><rdf:Alt><rdf:li xml:lang="x-default">Red</rdf:li></rdf:Alt></xmp:Label>',
        ),
        # exiftool: a description each; and RDF without xmpmeta, as a root
        f'<r:RDF xmlns:r="{RDF}" xmlns:q="{XMP}"><r:Description r:about=""><q:Label>Red</q:Label>'
        "</r:Description><r:Description r:about='' q:Rating='3'/></r:RDF>".encode(),
    ],
)
def test_all_forms_are_read_and_edited(document: bytes) -> None:
    assert statement(document).marks == Marks(3, Flag.NONE, "Red")
    assert edited(document, {}) == document
    after = marked(document, Marks(4, None, 'Blue & <b> "q" \'é'))
    assert statement(after).marks == Marks(4, Flag.NONE, 'Blue & <b> "q" \'é')
    assert document.count(b"<!--") == after.count(b"<!--")
    back = marked(marked(after, Marks(3, None, "Red")), Marks(label=""))
    assert statement(back).marks == Marks(3, Flag.NONE)
    twice = marked(marked(back, Marks(flag=Flag.REJECT)), Marks(flag=Flag.PICK))
    assert statement(twice).marks == Marks(3, Flag.PICK)


def test_others_namespaces_are_not_stars() -> None:
    unknown = ' xmlns:m="http://ns.example.com/photo/1.0/" m:Rating="5"'
    assert statement(packet(unknown)).marks == Marks()
    nested = f'<a:x xmlns:a="urn:a"><rdf:Description xmlns:p="{XMP}" p:Rating="5"/></a:x>'
    assert statement(packet("", nested)).marks == Marks()


def test_two_ratings_are_no_rating() -> None:
    twice = packet(' xmp:Rating="3"', "<xmp:Rating>5</xmp:Rating>")
    assert statement(twice).problem == "it holds two different ratings"
    assert statement(marked(twice, Marks(stars=5))).marks.stars == 5
    assert statement(packet(' xmp:Rating="3"', "<xmp:Rating>3</xmp:Rating>")).marks.stars == 3


def test_reject_keeps_stars_and_undo_restores_them() -> None:
    rejected = marked(rated(4), Marks(flag=Flag.REJECT))
    assert properties(rejected, (RATING, OUR_STARS)) == {RATING: ["-1"], OUR_STARS: ["4"]}
    assert statement(rejected).marks == Marks(4, Flag.REJECT)
    still = marked(rejected, Marks(stars=2))
    assert statement(still).marks == Marks(2, Flag.REJECT)
    restored = marked(still, Marks(flag=Flag.NONE))
    assert properties(restored, (RATING, OUR_STARS)) == {RATING: ["2"]}
    # Another program has taken the reject back: what we kept no longer counts.
    assert statement(rejected.replace(b'Rating="-1"', b'Rating="5"')).marks.stars == 5
    never_rated = marked(marked(None, Marks(flag=Flag.REJECT)), Marks(flag=Flag.NONE))
    assert properties(never_rated, (RATING, OUR_STARS)) == {RATING: ["0"]}


def test_nothing_is_written_that_is_said_already() -> None:
    for text in ("5.0", " 5", "4.6"):
        assert changes(rated(text), Marks(stars=5), None) == {}
    assert changes(rated("-1"), Marks(flag=Flag.REJECT), None) == {}
    assert changes(rated("five"), Marks(), None) == {}  # what we cannot read we do not repair
    assert changes(None, Marks(flag=Flag.NONE, label=""), None) == {}
    scored = marked(None, Marks(), WrittenScore(6.25, "Anna", "ab12"))
    assert changes(scored, Marks(), WrittenScore(6.25, "Anna", "ab12")) == {}
    assert properties(scored, (SCORE, RATING)) == {SCORE: ["6.2500"]}
    odd = marked(None, Marks(label="a\x01\ufffeb"))
    assert statement(odd).marks.label == "ab"
    assert changes(odd, Marks(label="a\x01\ufffeb"), None) == {}


def test_neighbours_give_the_form() -> None:
    as_elements = packet("", "\n   <xmp:CreatorTool>x</xmp:CreatorTool>\n  ")
    added = edited(as_elements, {RATING: "2", SCORE: "1.5"})
    assert changed_lines(as_elements, added) == [
        f'-  <rdf:Description rdf:about="" xmlns:xmp="{XMP}">',
        f'+  <rdf:Description rdf:about="" xmlns:xmp="{XMP}" xmlns:photoaes="{OURS}">',
        "+   <xmp:Rating>2</xmp:Rating>",
        "+   <photoaes:score>1.5</photoaes:score>",
    ]
    assert edited(edited(added, {RATING: None, SCORE: None}), {}) == as_elements.replace(
        b'0/">\n', f'0/" xmlns:photoaes="{OURS}">\n'.encode()
    )


def test_prefix_taken_by_another() -> None:
    document = (
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:xmp="urn:other" xmlns:photoaes="urn:more">'
        '<rdf:Description rdf:about="" xmp:Rating="7"/></rdf:RDF>'
    ).encode()
    after = edited(document, {RATING: "3", SCORE: "2"})
    assert b'xmp:Rating="7"' in after
    assert f'xmlns:xmp2="{XMP}"'.encode() in after
    assert properties(after, (RATING, SCORE)) == {RATING: ["3"], SCORE: ["2"]}


@pytest.mark.parametrize(
    "document",
    [
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"/></x:xmpmeta>',
        f'<rdf:RDF xmlns:rdf="{RDF}">\n</rdf:RDF>',
        f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description/></rdf:RDF>',
        f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description></rdf:Description></rdf:RDF>',
        f'<RDF xmlns="{RDF}"><Description xmlns:xmp="{XMP}"><xmp:Rating/></Description></RDF>',
    ],
)
def test_nearly_empty_documents(document: str) -> None:
    after = marked(document.encode(), Marks(5, Flag.PICK, "Red"), WrittenScore(3))
    assert statement(after).marks == Marks(5, Flag.PICK, "Red")


def test_encodings_stay() -> None:
    text = packet(' xmp:Rating="3" xmp:Nickname="Grüße 🌄"').decode()
    for codec, mark in (
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
    ):
        before = mark + text.replace('begin="\ufeff"', 'begin=""').encode(codec)
        after = marked(before, Marks(4, None, "Größe"))
        assert after.startswith(mark)
        assert statement(after).marks == Marks(4, Flag.NONE, "Größe")
        assert marked(after, Marks(3, None, "")) == before
    latin = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + packet().split(b"?>", 1)[1]
    latin = latin.split(b"<?xpacket")[0] + "<!-- é -->".encode("latin-1")
    after = marked(latin, Marks(label="日本 é"))
    assert after.endswith(b"<!-- \xe9 -->")
    assert statement(after).marks.label == "日本 é"


def test_line_ends_and_instructions_stay() -> None:
    before = rated(1, '\r\n  a:b="&#10;x > y" xmlns:a="urn:a"').replace(b"\n", b"\r\n")
    before = b"<!-- mine -->\r\n" + before.split(b"\n", 1)[1] + b"\r\n" * 40
    assert marked(before, Marks(stars=2)) == before.replace(b'Rating="1"', b'Rating="2"')


def laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30)
    )  # fmt: skip
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l29;</x>'.encode()


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", "empty"),
        (b"\0" * 4000, "empty"),
        (rated(3)[:-60], "not whole XML"),
        (rated(3)[:200], "not whole XML"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not whole XML"),
        (rated(3).replace(b"about", b"\xff\xfe"), "not whole XML"),
        (b"<html/>", "not XMP"),
        (rated(3, ' un:known="1"'), "prefix un"),
        (rated(3, f' xmlns:b="{XMP}" b:Rating="4"'), "twice"),
        (laughs(), "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "document type"),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-US"?><x/>', "encoded as ebcdic-cp-us"),
        (b'<?xml version="1.0" encoding="us-ascii"?><x a="\xe9"/>', "damaged"),
        (codecs.BOM_UTF16_LE + b"<\0x\0/\0>", "damaged"),
        (b"<a>" * 5000, "deeper"),
        (b"<a>" + b"<b/>" * 50_001 + b"</a>", "more parts"),
        (b" " * MAX_BYTES + b"<a/>", "larger"),
        (packet("", "<xmp:Rating><xmp:odd>3</xmp:odd></xmp:Rating>"), "form"),
    ],
)  # fmt: skip
def test_no_xmp_is_refused_with_a_reason(document: bytes, reason: str) -> None:
    with pytest.raises(XmlInvalid, match=reason):
        edited(document, {RATING: "1"})


def test_large_foreign_history_is_quick() -> None:
    strokes = "<rdf:li>d 0.123456 0.654321</rdf:li>" * 60_000
    before = packet("", f'<a:s xmlns:a="urn:a"><rdf:Seq>{strokes}</rdf:Seq></a:s>')
    assert statement(marked(before, Marks(stars=4))).marks.stars == 4


def test_every_cut_of_a_document_is_whole_or_refused() -> None:
    document = rated(3, ' xmp:Label="Red"')
    for length in range(len(document)):
        try:
            assert statement(document[:length]).marks == Marks(3, Flag.NONE, "Red")
        except XmlInvalid:
            continue


def test_dates() -> None:
    at = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert parse_date("2024-05-06T07:08:09Z") == at
    assert parse_date(" 2024-05-06T09:08:09.000+02:00 ") == at
    assert parse_date("2024-05-06T07:08:09") == datetime(2024, 5, 6, 7, 8, 9).astimezone(UTC)
    assert parse_date("2024-05-06T07:08+00:00") == at.replace(second=0)
    for partial in ("2024", "2024-05", "2024-05-06"):
        assert parse_date(partial) is not None
    for wrong in ("", "yesterday", "2024-13-01", "0000-00-00T00:00:00", "2024-05-06 07:08", "24"):
        assert parse_date(wrong) is None
    parse_date("0001-01-01T00:00:00")
    parse_date("9999-12-31T23:59:59")


def test_real_sidecars_change_by_the_rating_alone(shared_data: Path) -> None:
    files = sorted((shared_data / "odd" / "sidecars").glob("*.xmp"))
    assert len(files) > 20
    for path in files:
        before = path.read_bytes()
        old = properties(before, (RATING,)).get(RATING, [None])[0]
        new = "4"
        after = edited(before, {RATING: new})
        if old is None:  # digiKam, without a rating: one line more
            assert changed_lines(before, after) == ['+   xmp:Rating="4"']
        else:
            assert after == before.replace(f'Rating="{old}"'.encode(), b'Rating="4"')
        assert edited(after, {RATING: old}) == before
        full = marked(before, Marks(5, Flag.PICK, "Red"), WrittenScore(1.5, "me", "00"))
        # Taken away are the old rating and the ">" behind what was the last attribute, no more.
        gone = [line for line in changed_lines(before, full) if line.startswith("-")]
        assert all(line.startswith("-   xmp:Rating") or line.endswith('">') for line in gone)
        assert len(gone) <= 2
        assert statement(full).marks == Marks(5, Flag.PICK, "Red")
        assert properties(full, (DATED, LABEL)) == {LABEL: ["Red"]}


def test_a_label_of_megabytes_is_not_taken() -> None:
    said = statement(packet(f' xmp:Rating="4" xmp:Label="{"x" * 100_000}"'))
    assert said.marks == Marks(4, Flag.NONE)
    assert said.problem == "its label has more than 200 letters"
