"""Laws of Cambridge Technicals."""
