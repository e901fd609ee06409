"""The laws of files that people hand in."""
