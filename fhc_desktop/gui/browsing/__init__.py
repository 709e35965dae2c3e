"""What a folder, a disc or an archive holds."""
