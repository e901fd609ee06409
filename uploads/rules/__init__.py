"""Laws of uploads, and what an app above hands in."""
