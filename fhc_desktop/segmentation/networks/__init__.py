"""Networks: frames in, probability maps out."""
