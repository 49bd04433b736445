"""Bytes become text, in the encoding they are in."""

from __future__ import annotations

import pytest

from newsclean.errors import BinaryInput, UnknownEncoding
from newsclean.readers.decode import decode

ARABIC = "قال رئيس البلدية إن الجسر الجديد سيفتح في الربيع المقبل، وإن المدينة ستحتفل بذلك في ساحتها الكبرى. " * 4
GERMAN = "Der Bürgermeister sagte, die Brücke werde im Frühjahr für den Verkehr geöffnet; die Straße bleibe frei. " * 4
TURKISH = "Belediye başkanı, köprünün ilkbaharda açılacağını ve İstanbul'da şenlik yapılacağını söyledi. " * 4
RUSSIAN = "Глава города сообщил, что новый мост откроют весной, и на площади пройдёт большой праздник. " * 4
JAPANESE = "市長は新しい橋が春に開通すると述べ、広場で祝賀会を開く予定だと発表した。" * 6
GREEK = "Ο δήμαρχος ανακοίνωσε ότι η νέα γέφυρα θα ανοίξει την άνοιξη και η πόλη θα το γιορτάσει. " * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"), (ARABIC, "iso8859-6"), (ARABIC, "utf-8"), (ARABIC, "utf-8-sig"), (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"), (ARABIC, "utf-16-be"), (ARABIC, "utf-32"), (GERMAN, "cp1252"), (GERMAN, "utf-16-le"),
        (TURKISH, "cp1254"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
        (GREEK, "cp1253"),
    ],
)  # fmt: skip
def test_undeclared(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding, "replace")).text.replace("?", "") == text.encode(encoding, "replace").decode(
        encoding
    ).replace("?", "")


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "WINDOWS-1256", "cp1256"])
@pytest.mark.parametrize("where", ["http", "meta", "xml"])
def test_declared(encoding: str, where: str) -> None:
    head = {"http": "", "meta": f'<meta charset="{encoding}">', "xml": f'<?xml version="1.0" encoding="{encoding}"?>'}
    data = (head[where] + "<p>مدينة</p>").encode(encoding)
    assert decode(data, declared=encoding if where == "http" else None).text.endswith("<p>مدينة</p>")


def test_wrong_declaration_yields_to_the_bytes() -> None:
    found = decode(f'<meta charset="windows-1252"><p>{ARABIC}'.encode())
    assert found.encoding == "utf-8"
    assert ARABIC in found.text


@pytest.mark.parametrize("nonsense", ["hex", "rot13", "zip", "x-user-defined", "none", "idna", "unicode_escape"])
def test_declared_nonsense_is_told(nonsense: str) -> None:
    found = decode(f'<meta charset="{nonsense}"><p>{ARABIC}'.encode("cp1256"))
    assert found.encoding == "cp1256"
    assert "encoding-unknown" in {n.code for n in found.notices}


def test_one_bad_byte_costs_one_letter() -> None:
    data = ARABIC.encode()
    found = decode(data[:7] + b"\xff" + data[7:])
    assert found.encoding == "utf-8"
    assert found.text.replace("\ufffd", "") == ARABIC
    assert [n.code for n in found.notices] == ["encoding-errors"]


def test_forced() -> None:
    assert decode("Köln".encode("cp437"), forced="cp437").text == "Köln"
    with pytest.raises(UnknownEncoding, match="no such text encoding"):
        decode(b"x", forced="hex")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xd8\xff\xe0JFIF", b"GIF89a\x01\x00", b"PK\x03\x04\x14\x00",
        b"\x1f\x8b\x08\x00", b"7z\xbc\xaf\x27\x1c", b"RIFF\x00\x00\x00\x00WEBPVP8 ", b"\x00\x00\x00\x18ftypmp42", b"\x7fELF\x02\x01",
        bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 64, b"SQLite format 3\x00\x10",
    ],
)  # fmt: skip
def test_binary_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(BinaryInput) as caught:
        decode(data)
    assert caught.value.reason == "binary"
    assert len(caught.value.message) > 10


def test_iso_2022_jp_is_not_taken_for_ascii() -> None:
    data = f'<meta charset="iso-2022-jp"><p>{JAPANESE}'.encode("iso2022_jp")
    assert JAPANESE in decode(data).text
