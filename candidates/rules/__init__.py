"""Laws about people who sit exams."""
