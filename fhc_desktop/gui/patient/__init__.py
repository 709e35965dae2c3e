"""Who is examined, and on what the gestational age rests."""
