"""The append-only log: every act leaves an entry, each sealed with the one before it."""
