"""Dates: every shape that sites print, nothing wrong where nothing can be known, no text that breaks the reader."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsclean.metadata.dates import DateReading, find_dates, is_date_line, read_date

ROWS = tomllib.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8"))
BASE = datetime(2024, 3, 1, 18, 20, tzinfo=UTC)
EARLIEST, LATEST = datetime.fromisoformat("1900-01-02"), datetime.fromisoformat("2100-12-30")
DIGITS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"]


def printed(reading: DateReading | None) -> str | None:
    """A reading in the notation of the data file."""
    if reading is None:
        return None
    if reading.precision == "day":
        assert reading.zone_assumed
        return reading.value.date().isoformat()
    if reading.zone_assumed:
        return reading.value.replace(tzinfo=None).isoformat(
            timespec="minutes" if reading.precision == "minute" else "seconds"
        )
    return reading.value.isoformat(timespec="minutes" if reading.precision == "minute" else "seconds")


@pytest.mark.parametrize(("line", "expected", "kind"), ROWS["arabic"] + ROWS["other"] + ROWS["machine"])
def test_date_lines_are_read(line: str, expected: str, kind: str) -> None:
    reading = read_date(line)
    assert printed(reading) == expected
    assert reading is not None
    assert reading.kind == kind


@pytest.mark.parametrize("line", [row[0] for row in ROWS["arabic"] + ROWS["other"]] + ROWS["date_lines"])
def test_date_lines_are_recognised(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize("line", ROWS["prose"])
def test_prose_is_no_date_line(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize("line", ROWS["nothing"])
def test_null_rather_than_wrong(line: str) -> None:
    assert read_date(line) is None


@pytest.mark.parametrize(("line", "expected", "kind"), ROWS["relative"])
def test_relative_dates_need_a_base(line: str, expected: str, kind: str) -> None:
    assert read_date(line) is None
    reading = read_date(line, relative_to=BASE)
    assert reading is not None
    form = "%Y-%m-%d" if reading.precision == "day" else "%Y-%m-%dT%H:%M"
    assert (reading.value.strftime(form), reading.kind) == (expected, kind)


@pytest.mark.parametrize("line", ROWS["relative_nothing"])
def test_vague_relative_dates_stay_unread(line: str) -> None:
    assert read_date(line, relative_to=BASE) is None


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize("line", [row[0] for row in ROWS["arabic"] + ROWS["other"]])
def test_digit_script_changes_nothing(line: str, digits: str) -> None:
    ascii_line = "".join(str(int(c)) if c.isdecimal() else c for c in line)
    assert read_date(ascii_line.translate(str.maketrans("0123456789", digits))) == read_date(ascii_line)


def test_assumed_zone_is_the_one_of_that_day() -> None:
    summer = read_date("4 يوليو 2024 10:00", timezone="Europe/Berlin")
    winter = read_date("4 يناير 2024 10:00", timezone="Europe/Berlin")
    assert summer is not None
    assert winter is not None
    assert (summer.value.utcoffset(), winter.value.utcoffset()) == (timedelta(hours=2), timedelta(hours=1))
    assert summer.zone_assumed
    named = read_date("4 يوليو 2024 10:00 GMT", timezone="Europe/Berlin")
    assert named is not None
    assert named.value == datetime(2024, 7, 4, 10, tzinfo=UTC)
    assert not named.zone_assumed


def test_unknown_zone_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="Asia/Baghdad"):
        read_date("4 يوليو 2024", timezone="Asia/Bagdadd")


def test_month_first_where_asked() -> None:
    reading = read_date("05/12/2025", day_first=False)
    assert reading is not None
    assert (reading.value.month, reading.value.day) == (5, 12)


def test_unclear_order_stays_unread_where_asked() -> None:
    assert read_date("05/12/2025", day_first=None) is None
    assert printed(read_date("13/12/2025", day_first=None)) == "2025-12-13"
    assert printed(read_date("Friday 05/12/2025", day_first=None)) == "2025-12-05"


def test_unclear_half_of_the_day_leaves_the_day() -> None:
    for line in ("16 ديسمبر 2025 م 04:37", "16 ديسمبر 2025 16:37 ص", "10:15-11:30 16 December 2025"):
        assert printed(read_date(line)) == "2025-12-16"


def test_dates_in_prose_have_places() -> None:
    line = "بدأت الأزمة في 20 آب 2020 وانتهت في ١٢/٥/٢٠٢١ بعد مباحثات طويلة، ثم عادت في 3 مايو 2022."
    found = find_dates(line)
    assert [line[start:end] for start, end, _ in found] == ["20 آب 2020", "١٢/٥/٢٠٢١", "3 مايو 2022"]
    assert [r.value.date().isoformat() for _, _, r in found] == ["2020-08-20", "2021-05-12", "2022-05-03"]


def test_places_hold_in_long_lines_with_marks() -> None:
    line = "قـال " * 60 + "في 20 آبٍ 2020 " + "ثُمَّ " * 60 + "3 مايو 2022"
    assert [line[start:end] for start, end, _ in find_dates(line)] == ["20 آبٍ 2020", "3 مايو 2022"]


lines = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "20",
                "8",
                "2020",
                "31",
                "13",
                "1447",
                "99",
                ":",
                "/",
                "-",
                ".",
                ",",
                "|",
                "(",
                ")",
                "آب",
                "ديسمبر",
                "تشرين",
                "الأول",
                "محرم",
                "مرداد",
                "May",
                "mar",
                "م",
                "ص",
                "هـ",
                "pm",
                "am",
                "GMT",
                "ET",
                "+03:00",
                "04:37",
                "25:99",
                "آخر",
                "تحديث",
                "نشر",
                "في",
                "الثلاثاء",
                "Tuesday",
                "منذ",
                "ساعتين",
                "ago",
                "hours",
                "T",
                "Z",
                "年",
                "月",
                "日",
                "12h30",
                "16.37",
                "ธ.ค.",
                "ـ",
                "\u200f",
                "ّ",
                "قال",
            ]
        ),
        max_size=14,
    ).map(" ".join),
    st.text(alphabet="0123456789٠١٢٣:/.-+TZ مص,()", max_size=40),
)


@given(lines)
@example("ص13.00")
def test_no_text_breaks_the_reader(text: str) -> None:
    for reading in (read_date(text), read_date(text, relative_to=BASE, timezone="Asia/Baghdad")):
        assert reading is None or reading.value.utcoffset() is not None
    last = 0
    for start, end, reading in find_dates(text):
        assert last <= start < end <= len(text)
        assert 1900 <= reading.value.year <= 2100
        last = end
    assert is_date_line(text) in (True, False)


@given(st.datetimes(min_value=EARLIEST, max_value=LATEST))
def test_what_is_printed_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    for form in ("%Y-%m-%dT%H:%M:%S%z", "%d/%m/%Y %I:%M:%S %p GMT", "%a, %d %b %Y %H:%M:%S +0000"):
        reading = read_date(moment.strftime(form))
        assert reading is not None
        assert reading.value == moment
