"""Where people live: kabupaten (regency), kecamatan (district), desa and kelurahan (village).

Codes are the ministry's: 53.04 is a regency, 53.04.01 a district in it, 53.04.01.2001 a village in that.
A code's prefix is its parent, so that a scope is a prefix.
"""
