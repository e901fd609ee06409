"""Sheets that people hand in and take away: reading them safely, and writing them so that no cell can do anything."""
