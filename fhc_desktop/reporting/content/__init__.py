"""What is said of an examination, decided once."""
