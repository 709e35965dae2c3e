"""How old a pregnancy is: methods, typed dates and the record of a dating."""
