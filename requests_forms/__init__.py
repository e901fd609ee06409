"""Requests a centre makes about entries, and what the board decides."""
