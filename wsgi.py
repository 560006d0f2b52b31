"""The WSGI application that the server loads."""

from app.factory import create_app
from config import Settings

app = create_app(Settings.from_environ())
