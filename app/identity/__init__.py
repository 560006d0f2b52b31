"""Who somebody is: the NIK's digest, birth year and sex, self-declared groups, and what makes an identity accepted."""
