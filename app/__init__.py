"""Mufakat: citizen participation for Indonesian regencies. `app.factory.create_app` builds the application."""
