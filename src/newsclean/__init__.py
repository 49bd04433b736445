"""newsclean: scraped news pages, as HTML or as flattened text, become validated articles.

>>> import newsclean
>>> article = newsclean.clean(open("page.txt", "rb"))            # doctest: +SKIP
>>> article.title, article.published                             # doctest: +SKIP
"""

from __future__ import annotations
