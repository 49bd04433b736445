"""The public face: :func:`clean`, :func:`clean_many`, :func:`explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsclean._version import __version__
from newsclean.errors import NewscleanError
from newsclean.options import DEFAULT, Options

if TYPE_CHECKING:
    from newsclean.assemble import Decision
    from newsclean.cleaners import Cleaner
    from newsclean.document.article import Article
    from newsclean.document.block import Label
    from newsclean.document.document import Document, Notice
    from newsclean.metadata.structured import Fact
    from newsclean.sites.loader import Site

__all__ = ["Explanation", "Result", "clean", "clean_many", "explain"]


@dataclass(frozen=True, slots=True)
class Result:
    """One of :func:`clean_many`'s answers: ``article`` or ``error``, never both, never neither."""

    index: int
    source: object
    article: Article | None = None
    error: NewscleanError | None = None

    @property
    def ok(self) -> bool:
        """Whether there is an article."""
        return self.article is not None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every block of a page, what became of it and why, in page order."""

    document: Document
    decisions: tuple[Decision, ...]
    origins: dict[str, str] = field(default_factory=dict)
    """For each field of the article the source it was taken from."""
    article: Article | None = None
    error: NewscleanError | None = None

    def __str__(self) -> str:
        lines = []
        for d in self.decisions:
            mark = "+" if d.kept else "-"
            lines.append(
                f"{mark} {d.role.value:<14} {d.label.confidence:.2f} {d.label.cleaner}: {d.label.rule} | {d.block.text[:80]}"
            )
        return "\n".join(lines)


def clean(source: object, url: str | None = None, options: Options = DEFAULT) -> Article:
    """Turn a scraped page into an article.

    ``source`` is HTML or flattened text as ``str``, ``bytes``, a path, an open file, an httpx or requests response, an
    lxml tree or a BeautifulSoup. A ``str`` is the page itself, never a path. ``url`` is where the page came from, if
    known: it finds the site's rules and becomes ``Article.url``.

    Raises a subclass of :class:`newsclean.errors.NewscleanError`: ``InputError`` where the input cannot be read,
    ``NoArticle`` where it holds no article. Never returns an empty article.
    """
    explanation = _run(source, url, options, whole=False)
    if explanation.error is not None:
        raise explanation.error
    assert explanation.article is not None  # noqa: S101 — one of both is set
    return explanation.article


def explain(source: object, url: str | None = None, options: Options = DEFAULT) -> Explanation:
    """What :func:`clean` does with ``source``, block by block. A page without article has its ``error`` set; an input
    that cannot be read raises ``InputError``."""
    return _run(source, url, options, whole=True)


def clean_many(sources: Iterable[object], *, workers: int = 0, options: Options = DEFAULT) -> Iterator[Result]:
    """Clean each of ``sources``, lazily and in order; a bad one costs itself and none of its neighbours.

    ``sources`` may also hold pairs ``(source, url)``. ``workers=0`` cleans in this process; a positive number in as
    many worker processes (then sources must be picklable), a few ahead of the reader.
    """
    if isinstance(sources, (str, bytes, bytearray)):
        raise TypeError(
            f"clean_many() takes an iterable of sources, not one {type(sources).__name__}; wrap it in a list"
        )
    if workers <= 0:
        for index, item in enumerate(sources):
            yield _one(index, item, options)
        return
    yield from _in_processes(sources, workers, options)


def _one(index: int, item: object, options: Options) -> Result:
    source, url = item if isinstance(item, tuple) and len(item) == 2 else (item, None)
    try:
        return Result(index, source, article=clean(source, url=url, options=options))
    except NewscleanError as error:
        return Result(index, source, error=error)
    except Exception as error:  # noqa: BLE001 — a fault of ours or of a parser must not end the loop
        wrapped = NewscleanError(f"unexpected {type(error).__name__}: {error}", reason="internal")
        wrapped.__cause__ = error
        return Result(index, source, error=wrapped)


def _in_processes(sources: Iterable[object], workers: int, options: Options) -> Iterator[Result]:
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[int, object, Future[Result]]] = deque()

        def answer() -> Result:
            index, item, future = waiting.popleft()
            source = item[0] if isinstance(item, tuple) and len(item) == 2 else item
            try:
                result = future.result()
            except BrokenProcessPool:
                raise
            except Exception as error:  # noqa: BLE001 — a source that cannot be pickled is its own failure
                message = f"cannot be sent to a worker process: {error}"
                return Result(index, source, error=NewscleanError(message, reason="internal"))
            return Result(index, source, article=result.article, error=result.error)

        for index, item in enumerate(sources):
            waiting.append((index, item, pool.submit(_one, index, item, options)))
            if len(waiting) >= workers * 4:
                yield answer()
        while waiting:
            yield answer()


def _run(source: object, url: str | None, options: Options, *, whole: bool) -> Explanation:
    """``whole``: ask every cleaner about every block, as an explanation shows; an article is the same without."""
    from newsclean.assemble import assemble, decide, settle
    from newsclean.readers import read
    from newsclean.readers.source import name_of

    url, ignored = _checked_url(url)
    document = read(source, url=url, options=options)
    site, cleaners, notices, said = _cleaners(document, options)
    notices += ignored
    labels = _labels(document, cleaners, options, whole=whole)
    decisions = settle(decide(document.blocks, labels))
    try:
        article, fields = assemble(
            document,
            decisions,
            facts=_facts(document, site, said),
            site=site,
            notices=notices,
            options=options,
            order=[cleaner.name for cleaner in cleaners],
            version=__version__,
        )
    except NewscleanError as error:
        name = name_of(source) or url
        return Explanation(document, tuple(decisions), error=error.named(name) if name else error)
    return Explanation(document, tuple(decisions), fields.origins, article)


def _labels(document: Document, cleaners: Sequence[Cleaner], options: Options, *, whole: bool) -> list[Label]:
    """What the cleaners say, in their order; unless the ``whole`` is wanted, only until each block has a sure label."""
    from newsclean.assemble.decide import CONFIDENT

    labels: list[Label] = []
    settled = document.memo["settled"] = set()
    for cleaner in cleaners:
        said = list(cleaner.label(document, options))
        labels += said
        if not whole:
            settled.update([label.block for label in said if label.confidence >= CONFIDENT])
            if len(settled) == len(document.blocks):
                break
    return labels


def _checked_url(url: str | None) -> tuple[str | None, list[Notice]]:
    """``url`` if it is an absolute http(s) URL; else None, and a notice that says so."""
    from newsclean.document.document import Notice
    from newsclean.sites.loader import host_of

    if url is None or (url.startswith(("http://", "https://")) and host_of(url) and not any(c.isspace() for c in url)):
        return url, []
    return None, [Notice(code="url-ignored", message=f"{url!r} is not an absolute http(s) URL and was left out")]


def _cleaners(
    document: Document, options: Options
) -> tuple[Site | None, Sequence[Cleaner], list[Notice], Sequence[Fact]]:
    """The site of a page, the cleaners in the order they are asked, and what the site's own code says of the page."""
    from newsclean.cleaners import registered
    from newsclean.cleaners.furniture import Phrases

    site: Site | None = None
    first: list[Any] = []
    region: list[Any] = []
    notices: list[Notice] = []
    said: Sequence[Fact] = ()
    if options.sites:
        from newsclean.sites.hook import apply_known
        from newsclean.sites.loader import sites_for

        site = sites_for(options).find(document, options)
        known = apply_known(site, document, options.site)
        first, region, notices, said = list(known.first), list(known.region), list(known.notices), known.facts
        if first:
            named = frozenset(label.block for cleaner in first for label in cleaner.labels)
            document.memo["named by the site"] = named
    if document.kind == "html":
        from newsclean.cleaners.markup import Markup
        from newsclean.cleaners.second_opinion import SecondOpinion

        if region:  # a site's selectors have labelled every block; on other pages Markup weighs the phrases itself
            return site, [*first, *registered(), Phrases(), *region], notices, said
        return site, [*first, *registered(), Markup(), SecondOpinion()], notices, said
    from newsclean.cleaners.lines import Lines
    from newsclean.cleaners.structure import Structure

    return site, [*first, *registered(), Phrases(), *region, Structure(), Lines()], notices, said


def _facts(document: Document, site: Site | None, said: Sequence[Fact]) -> Sequence[Fact]:
    if document.kind != "html":
        return ()
    from newsclean.metadata.structured import structured_facts

    facts = structured_facts(document.tree.root, document.url, document.tree.told)
    if site is not None:
        from newsclean.sites.cleaner import script_facts

        facts += script_facts(site, document)
    by_code = {fact.field for fact in said}
    return [*said, *(fact for fact in facts if fact.field not in by_code)]
