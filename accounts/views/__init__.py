"""Pages of the door (signing in) and of My Details."""
