"""The stems of texts, and the full-text index that each engine keeps over them."""

from typing import Any, cast

from sqlalchemy import DDL, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class SearchDocument(Base):
    """What something is about: `kind` and `ref_id` say which thing, `terms` are its stems with blanks between.

    `places` are the words by which the engines find what lies in a region.
    """

    __tablename__ = "search_documents"
    __table_args__ = (UniqueConstraint("kind", "ref_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    ref_id: Mapped[int]
    terms: Mapped[str] = mapped_column(Text)
    places: Mapped[str] = mapped_column(Text)


table = SearchDocument.__table__
# Each engine its own index, which SQLAlchemy cannot describe: GIN over a tsvector, or an FTS5 table.
# `actions` keep that one in step: triggers may not write to virtual tables where the schema is not trusted.
POSTGRESQL_VECTOR = (
    "ALTER TABLE search_documents ADD COLUMN search_vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', places || ' ' || terms)) STORED"
)
POSTGRESQL_INDEX = "CREATE INDEX ix_search_documents_terms ON search_documents USING gin (search_vector)"
SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5(places, terms, content='search_documents', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
)
_ddl = cast(Any, DDL)  # untyped in SQLAlchemy
event.listen(table, "after_create", _ddl(POSTGRESQL_VECTOR).execute_if(dialect="postgresql"))
event.listen(table, "after_create", _ddl(POSTGRESQL_INDEX).execute_if(dialect="postgresql"))
event.listen(table, "after_create", _ddl(SQLITE_INDEX).execute_if(dialect="sqlite"))
event.listen(table, "before_drop", _ddl("DROP TABLE IF EXISTS search_index").execute_if(dialect="sqlite"))
