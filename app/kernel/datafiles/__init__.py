"""Data files that officials fill in: CSV tables and TOML documents in which every value keeps its line.

Reading never stops at the first fault: all of them are collected, each with file, line and cure.
"""

from app.kernel.datafiles.documents import Document, read_document
from app.kernel.datafiles.records import Fault, Faulty, FileFault, Record, decode
from app.kernel.datafiles.tables import as_records, read_table

__all__ = ["Document", "Fault", "Faulty", "FileFault", "Record", "as_records", "decode", "read_document", "read_table"]
