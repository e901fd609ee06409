"""What is done with Cambridge Technicals: one transaction each."""
