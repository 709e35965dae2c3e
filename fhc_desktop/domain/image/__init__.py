"""The picture, its scale, and the ellipse in it."""
