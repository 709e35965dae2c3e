"""Reader studies: several people read the same pictures, and how far they agree is reckoned."""
