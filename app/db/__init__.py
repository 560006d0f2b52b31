"""The database: base class and column types, engine settings, and the only place that commits."""
