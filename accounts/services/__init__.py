"""Signing in, passwords, sessions, people."""
