"""Languages and formats: Indonesian is the source language; dates are told in the regency's zone."""
