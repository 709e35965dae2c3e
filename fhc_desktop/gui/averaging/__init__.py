"""Several accepted measurements of one fetus and day are averaged."""
