"""From bytes to text: byte order mark, what the page declares, then detection."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from newsclean.document.document import Notice
from newsclean.errors import BinaryInput, UnknownEncoding

__all__ = ["Decoded", "decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MAGIC = (
    (b"%PDF-", "a PDF; extract its text first, for example with pdftotext"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a zip archive (or an Office or EPUB file); unpack it first"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "gzip data; decompress it first"),
    (b"BZh", "bzip2 data; decompress it first"),
    (b"\xfd7zXZ\x00", "xz data; decompress it first"),
    (b"\x28\xb5\x2f\xfd", "zstandard data; decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file; convert it first"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "Ogg audio or video"),
    (b"ID3", "MP3 audio"),
    (b"\x00\x00\x01\x00", "an icon"),
)

_ARABIC = re.compile("[\u0621-\u064a]")
_ARABIC_WORDS = re.compile("(?<![^\\W\\d_])(?:ال|وال|بال|في|من|على|إلى|الى|أن|ان|عن|التي|الذي)")
_KANA = re.compile("[\u3041-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_IN_WORD = re.compile("(?<=[A-Za-z])[\x80-\U0010ffff]|[\x80-\U0010ffff](?=[a-z])")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1b")
# Encodings pages are served in (https://encoding.spec.whatwg.org/), in Python's names.
_WEB = (
    "cp1256", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1257", "cp1258", "cp1252", "cp874", "koi8-r",
    "koi8-u", "iso8859-2", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "cp932", "shift_jis", "euc_jp",
    "iso2022_jp", "gb18030", "big5", "euc_kr", "cp949", "utf-8",
)  # fmt: skip


class Decoded(NamedTuple):
    """Text and the encoding it came in."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, *, declared: str | None = None, forced: str | None = None) -> Decoded:
    """Decode a page. ``forced`` is the caller's word, ``declared`` that of HTTP; the page's own follows.

    Raises ``BinaryInput`` for what is no text and ``UnknownEncoding`` where nothing decodes it.
    """
    for bom, name in _BOMS:
        if data.startswith(bom) and _fits(data, name):
            return _lenient(data, name)
    _refuse_binary(data)
    if forced is not None:
        return _forced(data, forced)
    wide = _wide(data)
    if wide is not None:
        return wide
    if b"\x00" in data and data.count(b"\x00") * 100 > len(data):
        raise BinaryInput("holds NUL bytes throughout and is no text; give the text or HTML that was made from it")
    notices: list[Notice] = []
    if b"\x1b$" not in data:  # ISO-2022 is made of ASCII bytes and escapes, and would pass for UTF-8
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    for name in filter(None, (declared, _meta(data))):
        known = _text_codec(name)
        if known is None:
            notices.append(Notice(code="encoding-unknown", message=f"the page declares {name!r}, which is no encoding"))
            continue
        if known == "utf-8":
            break
        try:
            return Decoded(data.decode(known), known, tuple(notices))
        except UnicodeDecodeError:
            message = f"the page declares {name!r} but is not in it"
            notices.append(Notice(code="encoding-mismatch", message=message))
    if _mostly_utf8(data):
        return _lenient(data, "utf-8", notices)
    return _detect(data, notices)


def _fits(data: bytes, name: str) -> bool:
    """A byte order mark that starts text of its encoding (FF FE 00 00 is UTF-32 only where UTF-32 follows)."""
    return name != "utf-32" or len(data) % 4 == 0


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            kind, mark, advice = what.partition("; ")
            raise BinaryInput(f"is {kind}, not a page{mark}{advice}")
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise BinaryInput("is a picture, sound or film (RIFF), not a page")
    if data[4:8] == b"ftyp":
        raise BinaryInput("is a film or picture (MP4, HEIF), not a page")


def _text_codec(name: str) -> str | None:
    """The Python codec for a label, read as browsers do (latin-1 is windows-1252), or None.

    >>> _text_codec("ISO-8859-1"), _text_codec("UTF8"), _text_codec("hex"), _text_codec("x-none")
    ('cp1252', 'utf-8', None, None)
    """
    try:
        info = codecs.lookup(name.strip().lower().removeprefix("x-"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in (
        "idna",
        "punycode",
        "undefined",
        "raw-unicode-escape",
        "unicode-escape",
        "utf-7",
    ):
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8-sig": "utf-8"}.get(info.name, info.name)


def _forced(data: bytes, name: str) -> Decoded:
    known = _text_codec(name)
    if known is None:
        raise UnknownEncoding(f"Options(encoding={name!r}): no such text encoding")
    return _lenient(data, known)


def _lenient(data: bytes, name: str, notices: list[Notice] | None = None) -> Decoded:
    text = data.decode(name, "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode())
    found = list(notices or ())
    if lost > 0:
        found.append(Notice(code="encoding-errors", message=f"{lost} bytes are not valid {name} and were replaced"))
    return Decoded(text, {"utf-8-sig": "utf-8"}.get(name, name), tuple(found))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without byte order mark: one byte of each pair hardly varies (NUL for Latin, 06 for Arabic)."""
    head = data[:4096]
    head = head[: len(head) // 2 * 2]
    if len(data) % 2 or len(head) < 8 or b"\x00" not in head:
        return None
    pairs = len(head) // 2
    for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        nul = high.count(0)
        block = max((high.count(b) for b in range(4, 0x0F)), default=0)
        low = head[0::2] if name == "utf-16-le" else head[1::2]
        if (nul and nul + block >= pairs * 0.8 and low.count(0) < pairs * 0.1) or (
            block >= pairs * 0.6 and nul >= pairs * 0.02
        ):
            try:
                return Decoded(data.decode(name), name)
            except UnicodeDecodeError:
                continue
    return None


def _meta(data: bytes) -> str | None:
    from bs4.dammit import EncodingDetector

    if b"charset" not in data[:8192] and b"encoding" not in data[:8192]:
        return None
    return EncodingDetector.find_declared_encoding(data[:8192], is_html=True, search_entire_document=True)


def _mostly_utf8(data: bytes) -> bool:
    """A few bad bytes among good multi-byte sequences: UTF-8 that was cut or spoilt."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    return good > 0 and bad <= max(1, good // 10)


def _detect(data: bytes, notices: list[Notice]) -> Decoded:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * 50 > len(data):
        raise BinaryInput("is mostly control characters and is no text; give the text or HTML that was made from it")
    name = _arabic(data) or _latin(data) or _eastern(data) or _ranked(data)
    if name is None:
        raise UnknownEncoding("the encoding could not be found; name it: Options(encoding='…') or --encoding")
    notices.append(Notice(code="encoding-guessed", message=f"no encoding is declared; read as {name}"))
    return _lenient(data, name, notices)


def _arabic(data: bytes) -> str | None:
    """The encoding that makes Arabic words: most high bytes are letters, and common words are among them."""
    best: tuple[int, str] | None = None
    for name in ("cp1256", "iso8859-6"):
        text = data[:20_000].decode(name, "replace")
        high = sum(1 for c in text if c > "\x7f")
        letters = len(_ARABIC.findall(text))
        words = len(_ARABIC_WORDS.findall(text))
        if high and letters >= high * 0.8 and words * 40 >= letters and (best is None or words > best[0]):
            best = (words, name)
    return best[1] if best else None


def _eastern(data: bytes) -> str | None:
    """Japanese and Korean show themselves by their syllables."""
    for name, letters in (("shift_jis", _KANA), ("cp932", _KANA), ("euc_jp", _KANA), ("cp949", _HANGUL)):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        high = sum(1 for c in text if c > "\x7f")
        if len(letters.findall(text)) * 4 > high:
            return name
    return None


def _latin(data: bytes) -> str | None:
    """windows-1252 or windows-1254 where the high bytes are letters inside Latin words."""
    text = data[:20_000].decode("cp1252", "replace")
    inside = _IN_WORD.findall(text)
    high = sum(1 for c in text if c > "\x7f")
    if not inside or len(inside) * 2 < high or sum(1 for c in inside if not c.isalpha()) * 50 > len(inside):
        return None
    turkish = sum(1 for c in inside if c in "ðþýÐÞÝ")
    return "cp1254" if turkish * 3 > len(inside) else "cp1252"


def _ranked(data: bytes) -> str | None:
    from bs4.dammit import EncodingDetector
    from charset_normalizer import from_bytes

    best = from_bytes(data[:50_000], cp_isolation=list(_WEB)).best()
    names = [best.encoding] if best is not None else EncodingDetector(data[:50_000], is_html=True).encodings
    for name in names:
        codec = _text_codec(name)
        if codec in _WEB and codec != "utf-8":
            return codec
    return None
