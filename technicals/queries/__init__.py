"""Questions about Cambridge Technicals: filters in, typed rows out."""
