"""The package of a certified contest: everything that is needed to count it again, without us."""
