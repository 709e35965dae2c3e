"""From a picture to a proposal: the looks, the networks that take them, and their outline."""
