"""What leaves this machine: reports, tables, pictures."""
