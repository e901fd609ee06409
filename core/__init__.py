"""Words every app uses: refusals, windows of time, history. No exam in it."""
