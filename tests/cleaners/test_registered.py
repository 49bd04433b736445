"""Cleaners that other packages register are asked like our own, and their labels are looked at first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import newsclean
from newsclean.cleaners import registered
from newsclean.errors import ConfigurationError

TEXT = (
    "A bridge reopens after two years\n"
    "The bridge over the river was opened again on Monday, two years after the flood took its middle arch.\n"
    "Engineers said that the new arch would stand for a century, and that the old one had not.\n"
    "PROMO of the week\n"
)
CODE = """
from newsclean.document.block import Label
from newsclean.document.roles import Role

class Promos:
    name = "promos"
    def label(self, document, options):
        for block in document.blocks:
            if block.text.startswith("PROMO"):
                yield Label(block={block}, role={role}, cleaner=self.name, rule="opens with PROMO", confidence={confidence})
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """A package on the path that registers a cleaner; its label is the test's parameter."""
    package = "promos_" + "".join(c for c in tmp_path.name if c.isalnum())
    (tmp_path / f"{package}.py").write_text(CODE.format(**request.param), "utf-8")
    info = tmp_path / f"{package}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[newsclean.cleaners]\npromos = {package}:Promos\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    registered.cache_clear()
    yield
    registered.cache_clear()


GOOD = {"block": "block.index", "role": "Role.ADVERT", "confidence": "0.9"}


@pytest.mark.parametrize("install", [GOOD], indirect=True)
@pytest.mark.usefixtures("install")
def test_a_registered_cleaner_is_asked() -> None:
    entry = newsclean.clean(TEXT).removed[-1]
    assert (entry.role.value, entry.cleaner, entry.rule) == ("advert", "promos", "opens with PROMO")


@pytest.mark.parametrize(
    "install",
    [GOOD | {"block": "99"}, GOOD | {"role": "'advert'"}, GOOD | {"confidence": "9.0"}],
    indirect=True,
)
@pytest.mark.usefixtures("install")
def test_a_label_that_cannot_be_names_its_cleaner() -> None:
    with pytest.raises(ConfigurationError, match="'promos' gave Label"):
        newsclean.clean(TEXT)
