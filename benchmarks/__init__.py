"""How fast the large jobs are, beside a library that does the same and the least that PostgreSQL can do it in."""
