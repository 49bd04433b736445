"""Extractors of HTML to measure against, each in its own environment where it does not install beside the others.

Stands alone, so that any interpreter can run it: ``python html_peers.py NAME`` reads JSON strings (pages), one a line,
and writes one JSON line with the seconds of CPU taken and the text. ``python html_peers.py --make FOLDER [NAME…]`` makes
one environment per peer below FOLDER; the benchmark looks there when ``NEWSCLEAN_PEERS`` names it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

__all__ = ["ONE_THREAD", "PACKAGES", "PEERS", "available", "run_peer"]

Extract = Callable[[str], str]
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment of every measured process: threads that wait in a loop would be counted as work."""


def _trafilatura(**settings: bool) -> Extract:
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False, **settings) or ""


def _readability() -> Extract:
    from lxml import html as lxml_html
    from readability import Document

    def run(html: str) -> str:
        tree = lxml_html.fromstring(Document(html).summary() or "<p/>")
        return "\n".join(text for text in tree.itertext())

    return run


def _newspaper() -> Extract:
    from newspaper import Article

    def run(html: str) -> str:
        article = Article("https://news.example/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return run


def _goose() -> Extract:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})
    return lambda html: goose.extract(raw_html=html).cleaned_text or ""


def _justext() -> Extract:
    import justext

    stop = frozenset().union(*map(justext.get_stoplist, justext.get_stoplists()))  # of all languages: none is told
    return lambda html: "\n".join(p.text for p in justext.justext(html, stop) if not p.is_boilerplate)


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True, preserve_formatting=True, comments=False))


def _boilerpy() -> Extract:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor()
    return lambda html: str(extractor.get_content(html))


PEERS: dict[str, Callable[[], Extract]] = {
    "trafilatura": _trafilatura,
    "trafilatura fast": lambda: _trafilatura(fast=True),
    "trafilatura precision": lambda: _trafilatura(favor_precision=True),
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
    "goose3": _goose,
    "jusText": _justext,
    "resiliparse": _resiliparse,
    "boilerpy3": _boilerpy,
}
PACKAGES = {
    "trafilatura": ("trafilatura", ["trafilatura", "lxml_html_clean"]),
    "trafilatura fast": ("trafilatura", ["trafilatura", "lxml_html_clean"]),
    "trafilatura precision": ("trafilatura", ["trafilatura", "lxml_html_clean"]),
    "readability-lxml": ("readability", ["readability-lxml"]),
    "newspaper4k": ("newspaper", ["newspaper4k[all]"]),
    "goose3": ("goose3", ["goose3[all]"]),
    "jusText": ("justext", ["justext"]),
    "resiliparse": ("resiliparse", ["resiliparse"]),
    "boilerpy3": ("boilerpy3", ["boilerpy3"]),
}
"""For each peer the module it is and what to install."""


def available(name: str) -> str | None:
    """The interpreter that has peer ``name``: this one, or one below ``NEWSCLEAN_PEERS``; ``None`` where none has."""
    if importlib.util.find_spec(PACKAGES[name][0]) is not None:
        return sys.executable
    folder = os.environ.get("NEWSCLEAN_PEERS")
    python = Path(folder, PACKAGES[name][0], "bin", "python") if folder else None
    return str(python) if python is not None and python.exists() else None


def run_peer(name: str, python: str, pages: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Seconds of CPU and text of each page, from a process of its own."""
    data = "".join(json.dumps(page) + "\n" for page in pages)
    command = [python, "-P", str(Path(__file__).resolve()), name]
    found = subprocess.run(
        command,
        input=data,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, **ONE_THREAD},
    )
    for line in found.stdout.splitlines():
        seconds, text = json.loads(line)
        yield seconds, text


def _serve(name: str) -> None:
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what peers print must not mix with the answers
    extract = PEERS[name]()
    for line in sys.stdin.buffer:
        page = json.loads(line)
        began = time.process_time()
        try:
            text = extract(page)
        except Exception:  # noqa: BLE001  (a page that a peer cannot read is a page without text)
            text = ""
        out.write(json.dumps([time.process_time() - began, text]) + "\n")
    out.close()


def _make(folder: Path, names: list[str]) -> None:
    for module, packages in {PACKAGES[name][0]: PACKAGES[name][1] for name in names or PACKAGES}.items():
        place = folder / module
        if not (place / "bin" / "python").exists():
            subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
            subprocess.run([str(place / "bin" / "python"), "-m", "pip", "install", "-q", *packages], check=True)


if __name__ == "__main__":
    if sys.argv[1] == "--make":
        _make(Path(sys.argv[2]), sys.argv[3:])
    else:
        _serve(sys.argv[1])
