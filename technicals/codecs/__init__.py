"""Files of Cambridge Technicals: bytes to typed rows and back."""
