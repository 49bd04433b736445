"""What a maintainer wants to know of a site file: is it well-formed, and what does it do to a page?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from newsclean.errors import NewscleanError, SiteFileError
from newsclean.options import Options
from newsclean.sites.cleaner import apply_site
from newsclean.sites.loader import BUILTIN, Sites, load_file

__all__ = ["check_page", "check_sites"]


def check_sites(files: Sequence[Path]) -> Iterator[str]:
    """One message for each fault in ``files`` (those shipped, if there are none), none where all is well."""
    sites = []
    for path in files or sorted(BUILTIN.glob("*.toml")):
        try:
            site = load_file(path)
        except SiteFileError as error:
            yield str(error)
            continue
        sites.append(site)
        host = site.host
        if path.stem != host:
            yield f"{path.name}: name the file after the first host: {host}.toml"
        info = site.file.site
        serves_text = any(layout.text for layout in site.file.layout)
        weight = sum(2 if "!" in s[:3] else 1 for s in info.signatures)
        if serves_text and weight < 2:
            yield (
                f"{path.name}: site.signatures: flattened text is never recognised: two signatures are needed, "
                "or one that is unmistakable (marked with !)"
            )
    try:
        Sites(sites)
    except SiteFileError as error:
        yield str(error)


def check_page(file: Path, page: Path, url: str | None) -> Iterator[tuple[bool, str]]:
    """What the rules of ``file`` do to a saved ``page``: pairs of (well, message)."""
    from newsclean.readers import read

    try:
        site = load_file(file)
        document = read(page, url=url, options=Options())
    except NewscleanError as error:
        yield False, str(error)
        return
    found = Sites([site]).find(document, Options())
    yield (
        found is not None,
        f"{page.name}: recognised" if found else f"{page.name}: not recognised (signatures, or --url)",
    )
    applied = apply_site(site, document)
    if not isinstance(applied, tuple):
        yield False, f"{page.name}: {applied.message}"
        return
    rules, region = applied
    labels = {label.block: label for cleaner in (region, rules) for label in cleaner.labels}
    for block in document.blocks:
        label = labels.get(block.index)
        role = label.role.value if label else "(left to others)"
        yield True, f"{role:<16} {label.rule if label else '':<40} {block.text[:70]}"
