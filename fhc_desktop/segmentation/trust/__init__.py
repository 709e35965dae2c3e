"""How far a proposal may be trusted."""
