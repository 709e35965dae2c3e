"""Networks: frames in, probability maps out, whichever library computes them."""
