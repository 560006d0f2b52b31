"""What messages say, in 160 letters at most: in Indonesian, whoever reads them."""

NEVER_TOLD = "Petugas tidak pernah meminta kode ini."


def code_text(code: str) -> str:
    return f"Kode masuk Anda {spaced(code)}. {NEVER_TOLD}"


def spaced(code: str) -> str:
    """123 456: easier to keep in mind from one screen to the next."""
    return f"{code[:3]} {code[3:]}"


HOUSEHOLD = (
    "Nomor HP ini dipakai lebih dari satu akun Mufakat, jadi kode tidak dikirim. "
    "Masuk dengan kata sandi, atau dengan tiga kata di kartu Anda."
)
PHONE_CHANGED = "Nomor HP akun Mufakat Anda diganti. Kalau bukan Anda, segera temui pendamping desa dengan membawa KTP."
CARD_REPLACED = (
    "Kartu dan kata sandi Mufakat Anda diganti di depan pendamping desa. Kalau bukan Anda, segera lapor ke desa."
)
FACTOR_CHANGED = (
    "Pengaman akun Mufakat Anda baru saja diubah. Kalau bukan Anda, segera hubungi administrator kabupaten."
)
