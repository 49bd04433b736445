"""The parts of a made page: menus, heads, bodies, lists, comments, footers."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.bank import BUTTON
from training.speech import Row, Speaker, sentences

__all__ = ["Parts"]

_CAPTCHA = ["أربعة", "ثلاثة", "خمسة", "7", "12", "تسعة", "واحد", "3", "five", "nine", "drei", "sept"]


class Parts(Speaker):
    """The parts of one page, drawn with one random source."""

    def menu(self) -> list[Row]:
        size = self.rng.choice([0, 0, 3, 8, 20, 40, 80, 160])
        rows: list[Row] = []
        for _ in range(size):
            draw = self.rng.random()
            text = (
                self.phrase("navigation", "Menu")
                if draw < 0.35
                else self.words(1, 2)
                if draw < 0.9
                else self.words(2, 4)
            )
            rows.append((text, "navigation"))
        if size and self.rng.random() < 0.15:
            rows = [(" ".join(text for text, _ in rows[:25]), "navigation")]
        if self.rng.random() < 0.2:
            rows.insert(0, (self.date(), "other"))
        return rows

    def ticker(self) -> list[Row]:
        size = self.rng.randint(3, 12)
        heads = [self.headline() for _ in range(size)]
        rows: list[Row] = [(self.phrase("latest_news", "News"), "latest_news")] if self.rng.random() < 0.8 else []
        if self.rng.random() < 0.5:
            joint = self.rng.choice([" ", " ", "    ", " | ", " • ", " .. "])
            return [*rows, (joint.join(heads * self.rng.choice([1, 1, 3])), "latest_news")]
        return rows + [(head, "latest_news") for head in heads]

    def head(self) -> list[Row]:
        r, story = self.rng, self.story
        rows: list[Row] = []
        if r.random() < 0.25:
            rows.append((" / ".join([self.section(), self.section(), story.title][: r.randint(2, 3)]), "navigation"))
        elif r.random() < 0.2:
            rows += [(self.section(), "navigation") for _ in range(r.randint(1, 3))]
        if r.random() < 0.15:
            rows.append((self.section(), "section"))
        if r.random() < 0.93:
            rows.append((story.title, "title"))
        parts: list[list[Row]] = []
        if story.lead:
            parts.append([(story.lead, "lead")])
        if r.random() < 0.35:
            parts.append([(f"{self.section()} | {self.date()}" + r.choice(["", " |"]), "date")])
        elif r.random() < 0.5:
            parts.append([(self.date(), "date")])
        if r.random() < 0.4:
            by = self.phrase("byline", "")
            joint = r.choice([" ", ": ", " - "])
            parts.append([(f"{by}{joint}{self.name()}" if by and r.random() < 0.7 else self.name(), "byline")])
        if r.random() < 0.25:
            parts.append(self.some("page_tools", 1, 2, "other"))
        if r.random() < 0.3:
            parts.append(self.some("share", 1, 7, "share"))
        if r.random() < 0.45:
            parts.append(self.caption(r.choice([1, 1, 2, 2, 3])))
        if r.random() < 0.3:
            r.shuffle(parts)
        return rows + [row for part in parts for row in part]

    def caption(self, times: int) -> list[Row]:
        r = self.rng
        draw = r.random()
        if draw < 0.5:
            text = self.story.title
            if r.random() < 0.4:
                words = text.split()
                text = " ".join(words[: max(3, int(len(words) * r.uniform(0.5, 0.95)))])
        elif draw < 0.8:
            text = " ".join(sentences(r.choice(self.story.paragraphs)[0])[:1])
            text = " ".join(text.split()[: r.randint(4, 14)])
        else:
            text = f"{self.phrase('caption', '')} {self.headline()}".strip()
        if r.random() < 0.15:
            text += r.choice([" (AFP)", " - رويترز", " / Reuters", " (أرشيف)", " © Getty Images", " (dpa)"])
        bullet = r.choice(["", "", "", "• "])
        return [(bullet + text, "caption")] * times

    def body(self) -> list[Row]:
        r = self.rng
        rows: list[Row] = []
        paragraphs = list(self.story.paragraphs)
        if r.random() < 0.2:
            paragraphs = _merged(r, paragraphs)
        for number, (text, role) in enumerate(paragraphs):
            rows.append((text, role))
            if number + 1 == len(paragraphs):
                break
            draw = r.random()
            if draw < 0.035:
                glue = r.choice([": ", ":", " ", ".. "])
                rows.append((f"{self.phrase('read_also', 'Read also')}{glue}{self.headline()}", "related"))
            elif draw < 0.045:
                rows.append((self.phrase("read_also", "Read also"), "related"))
                rows += [(self.headline(), "related") for _ in range(r.randint(1, 4))]
            elif draw < 0.06:
                rows += self.caption(1)
            elif draw < 0.075:
                rows += self.some("advert", 1, 1, "other")
            elif draw < 0.085:
                rows += self.newsletter()
        return rows

    def listing(self, role: str, opener: str, low: int, high: int) -> list[Row]:
        r = self.rng
        rows: list[Row] = [(self.phrase(opener, "More"), role)] if r.random() < 0.85 else []
        teaser, dated, numbered, section = r.random() < 0.25, r.random() < 0.2, r.random() < 0.1, r.random() < 0.15
        label = "other_article" if teaser and role == "related" else role
        for number in range(r.randint(low, high)):
            if section:
                rows.append((self.section(), role))
            if numbered:
                rows.append((str(number + 1), role))
            text = self.headline()
            rows.append((text, role))
            if r.random() < 0.1:
                rows.append((text if r.random() < 0.5 else f"{text} {self.date()}", role))
            if dated:
                rows.append((self.date(), role))
            if teaser:
                opening = self.opening()
                rows.append((opening + r.choice(["", "...", "…", " [...]"]), label))
                if r.random() < 0.3:
                    rows.append((self.phrase(BUTTON, "More"), role))
        return rows

    def comments(self) -> list[Row]:
        rows: list[Row] = [(self.phrase("comments", "Comments"), "comments")]
        for _ in range(self.rng.randint(1, 8)):
            rows.append((self.name(), "comments"))
            rows.append((self.date(), "comments"))
            text = self.rng.choice(self.other().paragraphs)[0]
            rows.append((" ".join(sentences(text)[: self.rng.randint(1, 3)]), "comments"))
            if self.rng.random() < 0.4:
                rows.append((self.phrase("comment_form", "Reply"), "comments"))
        return rows

    def comment_form(self) -> list[Row]:
        rows = [(text, "comment_form") for text in self.bank.of("comment_form")]
        picked = self.rng.sample(rows, min(len(rows), self.rng.randint(2, 9)))
        if self.rng.random() < 0.4:
            sign = self.rng.choice(["+", "−", "-", "×"])
            picked.append((f"{self.rng.choice(_CAPTCHA)} {sign} {self.rng.randint(1, 20)} =", "comment_form"))
        return picked

    def newsletter(self) -> list[Row]:
        return self.some("newsletter", 1, 4, "newsletter")

    def tags(self) -> list[Row]:
        names = [self.words(1, 2) for _ in range(self.rng.randint(2, 8))]
        head = self.phrase("tags", "Tags")
        if self.rng.random() < 0.4:
            return [(f"{head}: " + self.rng.choice([", ", "، ", " "]).join(names), "tags")]
        return [(head, "tags"), *((name, "tags") for name in names)]

    def appended(self) -> list[Row]:
        other, r = self.other(), self.rng
        rows: list[Row] = []
        if r.random() < 0.7:
            rows.append((other.title, "other_article"))
            if r.random() < 0.4:
                rows.append((self.date(), "other_article"))
            if r.random() < 0.2:
                rows.append((self.name(), "other_article"))
        rows += [(text, "other_article") for text, _ in other.paragraphs[: r.randint(1, 4)]]
        if len(rows) > 1 and r.random() < 0.6:
            words = rows[-1][0].split()
            cut = " ".join(words[: max(4, int(len(words) * r.uniform(0.3, 0.9)))])
            rows[-1] = (cut + r.choice(["", "...", "…"]), "other_article")
            if r.random() < 0.5:
                rows.append((self.phrase("related", "More"), "related"))
        return rows

    def author_box(self) -> list[Row]:
        name = self.name()
        bio = f"{name} " + self.opening(1, 1)
        return [(name, "byline"), (bio, "byline")]

    def site_lines(self) -> list[Row]:
        if not self.bank.sites:
            return []
        return [(line, "other") for line in self.rng.choice(self.bank.sites)]

    def footer(self) -> list[Row]:
        rows = self.some("copyright", 0, 2, "footer") + self.some("navigation", 0, 12, "footer")
        rows += self.some("app_promo", 0, 2, "footer") + self.some("back_to_top", 0, 1, "navigation")
        if self.rng.random() < 0.15:
            rows.append((" ".join([self.section()] * 6), "footer"))
        self.rng.shuffle(rows)
        return rows

    def tail(self) -> list[Row]:
        r = self.rng
        parts: list[tuple[float, Callable[[], list[Row]]]] = [
            (0.15, lambda: self.some("source_notice", 1, 1, "other")),
            (0.35, self.tags),
            (0.35, lambda: self.some("share", 1, 8, "share")),
            (0.35, lambda: self.some("follow", 1, 2, "share")),
            (0.5, lambda: self.listing("related", "related", 2, 8)),
            (0.5, lambda: self.listing("most_read", "most_read", 4, 25)),
            (0.2, lambda: self.listing("latest_news", "latest_news", 3, 15)),
            (0.12, self.author_box),
            (0.15, lambda: [*self.some("pagination", 1, 2, "navigation"), (self.headline(), "related")]),
            (0.15, self.comments),
            (0.35, self.comment_form),
            (0.25, self.newsletter),
            (0.15, self.appended),
            (0.08, self.site_lines),
            (0.5, self.footer),
            (0.1, lambda: self.some("cookie_notice", 1, 4, "other")),
        ]
        if r.random() < 0.5:
            head = parts[:4]
            rest = parts[4:]
            r.shuffle(rest)
            parts = head + rest
        return [row for chance, part in parts if r.random() < chance for row in part()]


def _merged(rng: random.Random, paragraphs: list[Row]) -> list[Row]:
    """Some neighbouring paragraphs joined, as text without paragraph breaks has them."""
    out: list[Row] = []
    for text, role in paragraphs:
        if out and role == out[-1][1] == "paragraph" and rng.random() < 0.5:
            out[-1] = (f"{out[-1][0]} {text}", role)
        else:
            out.append((text, role))
    return out
