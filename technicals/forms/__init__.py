"""What people type about Cambridge Technicals: text becomes types here, and nothing is judged."""
