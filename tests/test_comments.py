"""Readers' comments: never in the body, and a list of their own for those who ask."""

from __future__ import annotations

import newsclean
from newsclean import Options

PAGE = """Bridge reopens after two years of repairs

By Jane Miller

The old bridge over the river opened to traffic on Monday, two years after a flood had damaged its pillars.

Engineers said the new pillars were built to last for a century and would be checked every spring.

The mayor thanked the ferrymen, who had carried half of the town over the river every day since the flood.

2 comments

I crossed it this morning and the view is as good as it ever was, well done to everybody.

My grandfather helped to build the first one, so thank you all very much for saving it.

Leave a comment
"""


def test_comments_are_their_own_list() -> None:
    article = newsclean.clean(PAGE, options=Options(comments=True))
    assert [c.text[:10] for c in article.comments] == ["I crossed ", "My grandfa"]
    assert not any("grandfather" in item.text for item in article.body)
    assert {r.text for r in article.removed} >= {c.text for c in article.comments}


def test_nobody_asked() -> None:
    article = newsclean.clean(PAGE)
    assert article.comments == []
    assert not any("grandfather" in item.text for item in article.body)
