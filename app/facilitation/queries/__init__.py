"""Reading what facilitators have done, and what waits for them."""
