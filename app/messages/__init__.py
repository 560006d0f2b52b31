"""Messages to people: written to the outbox in the transaction of their cause, sent by `flask messages deliver`."""
