"""Facts about an article that are not its text: dates, authors, language, structured data of the page.

Nothing is imported here; each module is loaded by who needs it.
"""
