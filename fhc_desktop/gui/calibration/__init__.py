"""How long a pixel is, and how to say it oneself."""
