"""How well flattened pages are cleaned, measured on any folder of pages with gold."""
