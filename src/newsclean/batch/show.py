"""From an id back to the input."""

from __future__ import annotations

from pathlib import Path

from newsclean.batch.config import Fields
from newsclean.batch.containers import container, kind_of
from newsclean.batch.items import Item, Page, split_id
from newsclean.errors import ConfigurationError, UnreadableInput

__all__ = ["input_of", "page_bytes"]


def input_of(name: str, fields: Fields = Fields()) -> Item:  # noqa: B008 - frozen
    """The input a record's ``id`` was made of; raises ``UnreadableInput`` where it is gone."""
    path, key = split_id(name)
    if key is None:
        return Item.of_file(path)
    kind = kind_of(path)
    if kind == "page":
        raise ConfigurationError(f"a file of this kind holds no record {key!r}", input=path)
    reader = container(kind, path, fields)
    try:
        found = next((item for raw in reader.records(None) if (item := reader.item(raw)).id == name), None)
    except (ConfigurationError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableInput(f"{type(error).__name__}: {error}", input=path) from error
    if found is None:
        raise UnreadableInput(f"holds no record {key!r}", input=path)
    return found


def page_bytes(item: Item) -> bytes:
    """The page of an input as bytes; raises what kept it from being read."""
    if item.problem is not None:
        raise item.problem
    source = item.source
    if isinstance(source, Path):
        try:
            return source.read_bytes()
        except OSError as error:
            raise UnreadableInput(error.strerror or str(error), input=str(source)) from error
    if isinstance(source, Page):
        return source.content
    return source.encode("utf-8", "replace") if isinstance(source, str) else bytes(source)
