"""What a path leads to: files, folders, archives and the tables beside them."""
