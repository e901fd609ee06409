"""A file from a centre on its way to entries."""
