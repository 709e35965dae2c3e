"""Training of the U-Net whose weights the program ships."""
