"""One image being measured, and what follows from it."""
