"""From own pages to a weights file, end to end, in seconds."""

# ruff: noqa: S311 (chance here is no secret)

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.quality.align import body_shares, lcs_pairs
from benchmarks.quality.datasets import Page, held_out, load_pages
from newsclean.models.lines import Model, scores_of
from training.__main__ import main
from training.augment import mixed_pages
from training.bank import Bank
from training.corpus import flat_lines, pages_to_lines
from training.examples import stories_of_bodies, to_example
from training.export import quantised
from training.labelled import load_labelled
from training.net import Net, lay_out
from training.synth import make_page
from training.train import Settings, predict, train

NOUNS = [
    "harbour",
    "bridge",
    "council",
    "library",
    "school",
    "river",
    "market",
    "garden",
    "museum",
    "station",
    "bakery",
    "theatre",
]
VERBS = ["opened", "closed", "repaired", "praised", "painted", "moved", "sold", "visited", "measured", "flooded"]


def sentence(rng: random.Random) -> str:
    return (
        " ".join(
            f"The {rng.choice(NOUNS)} was {rng.choice(VERBS)} after the {rng.choice(NOUNS)} had been {rng.choice(VERBS)}"
            for _ in range(2)
        )
        + "."
    )


def story(number: int) -> tuple[str, list[str]]:
    rng = random.Random(number)
    title = f"{rng.choice(NOUNS).title()} {rng.choice(VERBS)} by the {rng.choice(NOUNS)} {number}"
    return title, [" ".join(sentence(rng) for _ in range(2)) for _ in range(5)]


def html_page(number: int) -> tuple[str, str]:
    title, body = story(number)
    others = [story(number + 100 + step)[0] for step in range(6)]
    menu = "".join(f"<li><a>{word.title()}</a></li>" for word in NOUNS[:8])
    related = "".join(f"<li><a>{other}</a></li>" for other in others)
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    html = (
        f'<html lang="en"><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav><h1>{title}</h1>'
        f'<span class="byline">By Ann Example</span>{paragraphs}<div class="related"><h3>Related stories</h3>'
        f"<ul>{related}</ul></div><footer>© Example. All rights reserved.</footer></body></html>"
    )
    return html, "\n\n".join(body)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets") / "own"
    (folder / "pages").mkdir(parents=True)
    rows = []
    for number in range(14):
        html, gold = html_page(number)
        (folder / "pages" / f"{number}.html.gz").write_bytes(gzip.compress(html.encode()))
        rows.append(
            {"id": str(number), "url": f"https://paper{number}.com/story", "gold": gold, "title": story(number)[0]}
        )
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def test_training_end_to_end_learns_and_repeats(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(dataset), "--epochs", "100", "--size", "16", "--copies", "1"]
    assert main([*arguments, "-o", str(tmp_path / "a.npz")]) == 0
    said = capsys.readouterr().out
    assert main([*arguments, "-o", str(tmp_path / "b.npz")]) == 0
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    held = [page for page in load_pages(dataset) if held_out(page.family)]
    assert held
    assert "own/resiliparse" in said
    model = Model.load(tmp_path / "a.npz")
    right = total = 0
    for page in pages_to_lines(iter(held)):
        scores = scores_of(model, to_example(page).rows / 256.0)
        right += sum((score.body >= 0.5) == bool(flag) for score, flag in zip(scores, page.body, strict=True))
        total += len(scores)
    assert right / total > 0.9


def test_weights_as_shipped_score_as_trained(dataset: Path) -> None:
    pages = list(pages_to_lines(load_pages(dataset), ["bs4"]))
    examples = [to_example(page) for page in pages]
    net = train(examples, Settings(epochs=2, size=12, scans=4), say=lambda *_: None)
    weights = quantised(net)
    assert {value.dtype for name, value in weights.items() if name.endswith(".w")} == {np.dtype(np.int16)}
    for example in examples[:3]:
        assert predict(net, example).shape == (len(example.rows), 1 + net.params["out.b"].size - 1)


def test_gradients_are_those_of_the_loss() -> None:
    rng = np.random.default_rng(0)
    net = Net(5, 2, size=6, scans=3)
    net.params = {name: value.astype(np.float64) for name, value in net.params.items()}  # type: ignore[misc]
    rows, spans = lay_out([rng.random((count, 5)) for count in (4, 11, 1)])
    wide = rows.astype(np.float64)
    pull = rng.standard_normal((len(rows), 3))
    mask = np.zeros((len(rows), 1))
    for start, end in spans:
        mask[start:end] = 1
    _, kept = net.forward(wide, spans)  # type: ignore[arg-type]
    grads = net.backward(pull * mask, spans, kept)  # type: ignore[arg-type]

    def loss() -> float:
        return float((net.forward(wide, spans)[0] * pull * mask).sum())  # type: ignore[arg-type]

    for name, value in net.params.items():
        place = tuple(int(rng.integers(0, size)) for size in value.shape)
        kept_value = value[place]
        value[place] = kept_value + 1e-6
        above = loss()
        value[place] = kept_value - 1e-6
        slope = (above - loss()) / 2e-6
        value[place] = kept_value
        assert grads[name][place] == pytest.approx(slope, rel=1e-4, abs=1e-6), name


def test_alignment_ignores_stray_words() -> None:
    gold = "The harbour was closed in May.\n\nIt will open again soon."
    lines = ["Open", "The harbour was closed in May.", "Share", "It will open again soon.", "May"]
    assert [share >= 0.6 for share in body_shares(lines, gold)] == [False, True, False, True, False]


def test_longest_common_subsequence_is_longest() -> None:
    rng = random.Random(3)
    for _ in range(50):
        left, right = (rng.choices("abcd", k=rng.randint(0, 9)) for _ in range(2))
        table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
        for i, a in enumerate(left):
            for j, b in enumerate(right):
                table[i + 1][j + 1] = table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
        pairs = lcs_pairs(left, right)
        assert len(pairs) == table[-1][-1]
        assert all(left[i] == right[j] for i, j in pairs)
        assert pairs == sorted(set(pairs))


def test_labelled_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    lines = [
        ["Home", "navigation"],
        ["", ""],
        ["The title", "title"],
        ["A standfirst.", "lead"],
        ["Prose.", "paragraph"],
    ]
    path.write_text(json.dumps({"url": "https://a.com/1", "language": "en", "lines": lines}) + "\n", "utf-8")
    [page] = load_labelled(path)
    assert page.body == [0, 0, 1, 1]
    assert page.blanks == [0, 1, 0, 0]
    assert page.family == "a"
    path.write_text(json.dumps({"lines": [["x", "headline"]]}) + "\n", "utf-8")
    with pytest.raises(ValueError, match=r"pages\.jsonl:1: 'headline' is not a role"):
        list(load_labelled(path))


def test_mixed_pages_keep_labels_with_their_lines(dataset: Path) -> None:
    pages = list(pages_to_lines(load_pages(dataset), ["bs4", "inscriptis"]))
    known = {(text, flag) for page in pages for text, flag in zip(page.texts, page.body, strict=True)}
    for page in mixed_pages(pages, copies=2, seed=5):
        assert len(page.texts) == len(page.blanks) == len(page.body) == len(page.roles)
        for text, flag, role in zip(page.texts, page.body, page.roles, strict=True):
            assert (text, flag) in known or role == "other_article"


def test_made_pages_hold_the_whole_body_or_a_beginning_of_it() -> None:
    bodies = [{"id": str(n), "title": story(n)[0], "body": "\n".join(story(n)[1]), "author": "A. B."} for n in range(8)]
    stories = stories_of_bodies(bodies, "en")
    bank = Bank("en", {"related": ["Related"], "most_read": ["Most read"], "comment_form": ["Leave a reply"]})
    for number in range(30):
        page = make_page(random.Random(number), stories[0], stories[1:], bank, key=str(number))
        body = " ".join(text for text, flag in zip(page.texts, page.body, strict=True) if flag)
        whole = " ".join(filter(None, [stories[0].lead, *(text for text, _ in stories[0].paragraphs)]))
        assert whole.startswith(body[:40]) or body[:40] in whole
        assert set(body.split()) <= set(whole.split())


def test_blank_lines_are_counted() -> None:
    assert flat_lines("\n a \n\u00a0\n\nb") == (["a", "b"], [1, 2])


def test_pages_without_gold_have_no_body() -> None:
    page = Page(id="1", url="https://a.com", dataset="d", html="<p>One.</p><p>Two.</p>")
    [lines] = pages_to_lines(iter([page]), ["bs4"])
    assert lines.listing
    assert lines.body == [0, 0]
