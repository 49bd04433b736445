"""Words to make pages of: stories, and headlines, dates and names drawn from them."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.bank import Bank

__all__ = ["Row", "Speaker", "Story", "sentences"]

Row = tuple[str, str]
"""A text and its role."""
_SENTENCE = re.compile(r"(?<=[.!?؟۔。！？])[\"”»’)]*\s+|(?<=[。！？])")


@dataclass(frozen=True)
class Story:
    """One story to build pages from. ``paragraphs`` are (text, role) pairs; ``lead`` may be empty."""

    key: str
    family: str
    language: str
    title: str
    paragraphs: tuple[Row, ...]
    author: str = ""
    lead: str = ""


def sentences(text: str) -> list[str]:
    """``text`` cut after sentence ends.

    >>> sentences("One. Two! Three")
    ['One.', 'Two!', 'Three']
    """
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


class Speaker:
    """What a page says of other stories, drawn with one random source."""

    def __init__(self, rng: random.Random, story: Story, others: Sequence[Story], bank: Bank) -> None:
        self.rng, self.story, self.others, self.bank = rng, story, others, bank

    def phrase(self, role: str, fallback: str = "") -> str:
        found = self.bank.of(role)
        return self.rng.choice(found) if found else fallback

    def some(self, role: str, low: int, high: int, label: str) -> list[Row]:
        found = self.bank.of(role)
        if not found:
            return []
        return [(self.rng.choice(found), label) for _ in range(self.rng.randint(low, high))]

    def other(self) -> Story:
        return self.rng.choice(self.others)

    def headline(self) -> str:
        title = self.other().title
        draw = self.rng.random()
        if draw < 0.06:
            return title + ".. " + self.rng.choice(["صور", "فيديو", "photos", "video", "بالفيديو"])
        if draw < 0.1:
            return title + " " + self.date()
        if draw < 0.14:
            return f"{self.rng.randint(1, 20)}. {title}"
        if draw < 0.17:
            return title + ".. " + self.other().title
        return title

    def opening(self, low: int = 1, high: int = 2) -> str:
        text = self.rng.choice([self.other().paragraphs[0][0], self.other().lead or self.other().title])
        return " ".join(sentences(text)[: self.rng.randint(low, high)])

    def date(self) -> str:
        r = self.rng
        day, month, year = r.randint(1, 28), r.randint(1, 12), r.randint(2009, 2026)
        clock = f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}"
        names = _MONTHS.get(self.bank.language) or _MONTHS["en"]
        name = names[(month - 1) % len(names)]
        shapes = [
            f"{day:02d}-{month:02d}-{year}, {clock}",
            f"{day} {name} {year}",
            f"{day} {name}، {year} {clock}" if self.bank.language in ("ar", "fa") else f"{day} {name} {year}, {clock}",
            f"{year}-{month:02d}-{day:02d} | {clock}",
            f"{year}-{month:02d}-{day:02d} {clock}:00",
            f"{day}/{month}/{year}",
            f"{name} {day}, {year}",
            f"{day}.{month}.{year} {clock}",
            f"{self.phrase('date')} {day} {name} {year} - {clock}",
            f"{clock} GMT",
        ]
        return r.choice(shapes)

    def name(self) -> str:
        author = self.story.author or self.other().author
        if author and len(author) < 40 and self.rng.random() < 0.6:
            return author
        words = [w for w in self.other().title.split() if len(w) > 2 and w.isalpha()]
        return " ".join(self.rng.sample(words, min(2, len(words)))) or self.story.title[:12]

    def section(self) -> str:
        words = [w for w in self.phrase("navigation", "News").split() if w]
        return " ".join(words[:2])

    def words(self, low: int, high: int) -> str:
        pool = self.other().title.split()
        start = self.rng.randrange(max(1, len(pool)))
        return " ".join(pool[start : start + self.rng.randint(low, high)]) or self.section()


_MONTHS = {
    "ar": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
        "آب",
        "شباط",
        "نيسان",
        "تموز",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "tr": [
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "Mayıs",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kasım",
        "Aralık",
    ],
    "fa": ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
    "he": ["ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"],
}
