"""Reports on their way out of the window, seen before they leave, and on their way back in."""
