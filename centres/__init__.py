"""Schools and colleges, and who acts for them."""
