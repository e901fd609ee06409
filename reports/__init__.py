"""Reads everything, writes nothing."""
