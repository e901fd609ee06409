"""People who sit exams, shared by both kinds of entry."""
