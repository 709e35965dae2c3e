"""How a report proves itself: what it carries, its seal, and what is asked of both."""
