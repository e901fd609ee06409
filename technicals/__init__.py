"""Cambridge Technicals: registrations and unit entries."""
