"""Other ways to prove oneself than a password: codes to the phone, resident cards, passkeys, TOTP, recovery codes."""
