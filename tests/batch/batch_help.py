"""What several batch tests need."""

from __future__ import annotations

from pathlib import Path


def page(number: int, extra: str = "") -> str:
    """A page of four lines, one of them furniture."""
    head = f"title {number}\nsite s{number % 3}.news\ndate 2024-0{number % 9 + 1}-01T00:30:00+03:00\n"
    return f"{head}paragraph one of {number}\nparagraph two\nShare this {extra}\n"


def parts(output: Path) -> dict[str, bytes]:
    """Names and bytes of the parts of an output, of its final files, and of its failures."""
    homes = [output.with_name(f"{output.name}.newsclean"), output]
    found = {
        str(p.relative_to(home)): p.read_bytes()
        for home in homes
        if home.is_dir()
        for p in sorted(home.rglob("part-*"))
    }
    if output.is_file():
        found["output"] = output.read_bytes()
    return found | {"failures": output.with_name(f"{output.name}.failures.jsonl").read_bytes()}
