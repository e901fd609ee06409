"""STEP: one candidate, one session, one paper or both."""
