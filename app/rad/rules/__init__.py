"""What an action of the plan needs, and what is refused."""
