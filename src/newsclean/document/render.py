"""Articles as Markdown, HTML and JSON-LD."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import Any

from newsclean.document.article import Article, BodyItem

__all__ = ["html", "jsonld", "markdown"]

_MARKS = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+]\s|>|\d+[.)]\s|={3,}|-{3,})")
_BULLET = re.compile(r"^[•·▪●◦∙‣*–\-]\s*")


def _md(text: str) -> str:
    text = _MARKS.sub(r"\\\1", text)
    match = _LINE_START.match(text)
    if match:
        at = match.start(2)
        mark = match.group(2)
        at += len(mark.rstrip()) - 1 if mark[0].isdigit() else 0
        text = f"{text[:at]}\\{text[at:]}"
    return text


def _md_item(item: BodyItem) -> str:
    if item.kind == "heading":
        return f"{'#' * (item.level or 2)} {_md(item.text)}"
    if item.kind == "quote":
        return "\n".join(f"> {_md(line)}" for line in item.text.splitlines())
    if item.kind == "list_item":
        return f"- {_md(_BULLET.sub('', item.text) or item.text)}"
    return "\n".join(_md(line) for line in item.text.splitlines())


def markdown(article: Article) -> str:
    """``article`` as Markdown (CommonMark), ending in a line feed; characters that Markdown reads are escaped."""
    parts = []
    if article.title:
        parts.append(f"# {_md(article.title)}")
    if article.lead:
        parts.append(f"**{_md(article.lead)}**")
    for kind, items in groupby(article.body, key=lambda item: item.kind):
        texts = [_md_item(item) for item in items]
        parts.extend(["\n".join(texts)] if kind == "list_item" else texts)
    return "\n\n".join(parts) + "\n"


def _table(text: str) -> str:
    rows = (line.split("\t") if "\t" in line else line.split(" | ") for line in text.splitlines())
    cells = ("".join(f"<td>{escape(cell.strip())}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _html_item(item: BodyItem) -> str:
    if item.kind == "table":
        return _table(item.text)
    text = escape(item.text)
    if item.kind == "heading":
        level = item.level or 2
        return f"<h{level}>{text}</h{level}>"
    if item.kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if item.kind == "list_item":
        return f"<li>{escape(_BULLET.sub('', item.text) or item.text)}</li>"
    return f"<p>{text}</p>"


def html(article: Article) -> str:
    """``article`` as one ``<article>`` element with ``lang`` and ``dir``, everything escaped."""
    language = f' lang="{escape(article.language)}"' if article.language else ""
    out = [f'<article{language} dir="{article.direction}">']
    if article.title:
        out.append(f"<h1>{escape(article.title)}</h1>")
    if article.published:
        stamp = article.published.isoformat()
        out.append(f'<p class="published"><time datetime="{stamp}">{stamp}</time></p>')
    if article.authors:
        out.append(
            f'<p class="byline">{escape("، ".join(article.authors) if article.direction == "rtl" else ", ".join(article.authors))}</p>'
        )
    if article.lead:
        out.append(f'<p class="lead">{escape(article.lead)}</p>')
    for kind, items in groupby(article.body, key=lambda item: item.kind):
        texts = [_html_item(item) for item in items]
        out.extend(["<ul>", *texts, "</ul>"] if kind == "list_item" else texts)
    for image in article.images:
        picture = f'<img src="{escape(image.url)}" alt="{escape(image.alt or "")}">' if image.url else ""
        caption = f"<figcaption>{escape(image.caption)}</figcaption>" if image.caption else ""
        if picture or caption:
            out.append(f"<figure>{picture}{caption}</figure>")
    out.append("</article>")
    return "\n".join(out) + "\n"


def jsonld(article: Article) -> dict[str, Any]:
    """``article`` as a schema.org ``NewsArticle``; what is null is left out."""
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}
    fields: dict[str, Any] = {
        "url": article.url,
        "mainEntityOfPage": article.canonical_url,
        "headline": article.title,
        "description": article.lead,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "datePublished": article.published.isoformat() if article.published else None,
        "dateModified": article.modified.isoformat() if article.modified else None,
        "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
        "articleSection": article.section,
        "keywords": article.tags,
        "inLanguage": article.language,
        "image": [image.url for image in article.images if image.url],
        "articleBody": "\n\n".join(item.text for item in article.body),
        "wordCount": article.word_count,
    }
    data.update({name: value for name, value in fields.items() if value})
    return data
