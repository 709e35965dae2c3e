"""What the product says about a head: pure values and functions, standard library and numpy."""
