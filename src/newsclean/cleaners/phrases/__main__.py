"""``python -m newsclean.cleaners.phrases check [FILE…]``: says what is wrong with phrase files. Exit 1 if anything is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from newsclean.cleaners.phrases.check import check_file
from newsclean.cleaners.phrases.schema import DATA


def main(arguments: Sequence[str]) -> int:
    """Check the named files, or all shipped ones; one complaint per line on stdout.

    >>> main(["help"])
    2
    """
    if not arguments or arguments[0] != "check":
        sys.stderr.write("usage: python -m newsclean.cleaners.phrases check [FILE…]\n")
        return 2
    files = [Path(name) for name in arguments[1:]] or sorted(DATA.glob("[a-z]*.toml"))
    faults = [fault for file in files for fault in check_file(file)]
    for fault in faults:
        sys.stdout.write(fault + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
