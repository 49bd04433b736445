"""The taxonomy: what a block of a page can be."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["BODY_ROLES", "FIELD_ROLES", "KEPT", "REMOVED", "Role"]


class Role(StrEnum):
    """What a block is. Everything in :data:`KEPT` reaches the article, everything in :data:`REMOVED` is furniture."""

    TITLE = "title"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    SECTION = "section"
    DATE = "date"
    TAGS = "tags"

    NAVIGATION = "navigation"
    BREADCRUMB = "breadcrumb"
    LATEST_NEWS = "latest_news"
    PAGE_TOOLS = "page_tools"
    SHARE = "share"
    FOLLOW = "follow"
    RELATED = "related"
    MOST_READ = "most_read"
    RECOMMENDED = "recommended"
    READ_ALSO = "read_also"
    NEWSLETTER = "newsletter"
    COMMENT_FORM = "comment_form"
    COMMENTS = "comments"
    ADVERT = "advert"
    APP_PROMO = "app_promo"
    COOKIE_NOTICE = "cookie_notice"
    PAYWALL = "paywall"
    COPYRIGHT = "copyright"
    FOOTER = "footer"
    BACK_TO_TOP = "back_to_top"
    PAGINATION = "pagination"
    OTHER_ARTICLE = "other_article"
    DUPLICATE = "duplicate"
    SOURCE_NOTICE = "source_notice"
    DECORATION = "decoration"
    OTHER = "other"


BODY_ROLES = frozenset({Role.PARAGRAPH, Role.HEADING, Role.QUOTE, Role.LIST_ITEM, Role.TABLE})
"""Roles that make up the body."""

FIELD_ROLES = frozenset(
    {
        Role.TITLE,
        Role.LEAD,
        Role.CAPTION,
        Role.BYLINE,
        Role.DATELINE,
        Role.SECTION,
        Role.DATE,
        Role.TAGS,
    }
)
"""Roles that become fields of the article."""

KEPT = BODY_ROLES | FIELD_ROLES
REMOVED = frozenset(Role) - KEPT
