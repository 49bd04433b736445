"""Flattened pages that the model takes for lists of stories, and what makes them articles all the same."""

from __future__ import annotations

import re

import pytest

import newsclean
from newsclean import Options
from newsclean.errors import NoArticle

TEXT = Options(input="text", sites=False)
MENU_WORDS = "社会 経済 政治 国際 文化 科学 教育 地域 天気 野球 相撲 将棋 囲碁 音楽 映画 旅行"
MENU = "\n".join(f"• {word}" for word in re.findall(r"\w+", MENU_WORDS))
CLOSED = """大雪でバス二十路線が運休、再開は水曜日の見込み

市交通局は八日、山あいの道路に積もった雪が凍りはじめたため、北部と西部の路線バスを正午から運休すると発表した。除雪車の手配は終わっているが、運転の再開は早くても水曜日の朝になるという。

運休する停留所は次のとおり。

＜北部＞

みずほ台線：松の木、坂上、水車小屋前、北の森、石橋、旧役場前、花畑、三本杉、牧場入口、峠の茶屋

湖岸線：桟橋、貸しボート前、湖畔公園、白樺、灯台下、魚市場、船着き場、入江、岬、展望台

＜西部＞

谷川線：吊り橋、温泉入口、滝見台、炭焼き小屋、製材所前、学校前、郵便局、橋詰、上の原、下の原
"""
TEASERS = "\n\n".join(
    f"Headline number {word} of this page\n\nOne sentence says what the {word} story is about and then it ends."
    for word in ("first", "second", "third", "fourth", "fifth", "sixth")
)
LINKS = "\n".join(f"Link to section {number} and to its archive of older entries" for number in range(40))


@pytest.fixture(autouse=True)
def _sure_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.assemble.listing_chance", lambda document, options: 1.0)


def test_a_paragraph_and_long_lines_of_places_are_an_article() -> None:
    article = newsclean.clean(f"{MENU}\n{MENU}\n{MENU}\n{MENU}\n{CLOSED}\n{MENU}\n{MENU}\n{MENU}\n{MENU}", options=TEXT)
    assert len(article.body) >= 7
    assert "index-page" in {warning.code for warning in article.quality.warnings}


def test_teasers_under_headlines_are_none() -> None:
    with pytest.raises(NoArticle) as caught:
        newsclean.clean(f"{LINKS}\n\n{TEASERS}\n\n{LINKS}", options=TEXT)
    assert caught.value.reason == "index-page"
