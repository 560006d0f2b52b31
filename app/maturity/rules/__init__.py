"""What is asked, what counts, and what follows from it; no database and no page."""
