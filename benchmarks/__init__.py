"""Measurements of newsclean against its peers; nothing here is installed."""
