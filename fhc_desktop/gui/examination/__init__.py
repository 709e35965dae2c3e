"""The one examination on the screen: what may be done to it, its numbers and their trust."""
