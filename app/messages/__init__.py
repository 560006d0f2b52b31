"""Messages to people: written to the outbox in the transaction of their cause, delivered by `flask messages deliver`."""
