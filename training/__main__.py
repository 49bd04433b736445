"""``python -m training DATASET… -o lines.npz``: from dataset folders to the weights file."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from training.train import Settings, one_thread_count


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("datasets", nargs="*", help="dataset folders (default: those in NEWSCLEAN_DATASETS)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the weights file to write (.npz)")
    parser.add_argument("--labelled", type=Path, nargs="*", default=[], help="pages labelled by hand, JSON lines")
    parser.add_argument("--facts", type=Path, help="folder with furniture.json and sites.json (default: the lexicon)")
    parser.add_argument("--all", action="store_true", help="train on held-out site families too: nothing is measured")
    parser.add_argument("--epochs", type=float, default=Settings.epochs)
    parser.add_argument("--size", type=int, default=Settings.size)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--copies", type=int, default=2, help="mixed pages per news page")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Gather, train, write, measure."""
    one_thread_count()
    from training.measure import measure
    from training.pipeline import Recipe, gather, make_weights

    options = _arguments(argv)
    began = time.monotonic()
    recipe = Recipe(
        datasets=tuple(options.datasets),
        labelled=tuple(options.labelled),
        facts=options.facts,
        everything=options.all,
        copies=options.copies,
        seed=options.seed,
    )
    train, held = gather(recipe)
    lines = sum(len(example.rows) for example in train)
    print(f"{len(train)} pages ({lines} lines) to train on, {len(held)} held out, {time.monotonic() - began:.0f} s")
    settings = Settings(epochs=options.epochs, size=options.size, seed=options.seed)
    size = make_weights(train, settings, options.output)
    print(f"{options.output}: {size} bytes, {time.monotonic() - began:.0f} s")
    for line in measure(held, options.output):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
