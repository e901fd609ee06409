"""The services of docker-compose.yml without containers, and the main job through them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class NotProven(Exception):
    """Something that the smoke test promises was not seen; the message says what, in a sentence."""
