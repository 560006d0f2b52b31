"""create_app: the application as a list of what is registered."""

from datetime import timedelta

from flask import Blueprint, Flask
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import vault
from app.accounts import cli as accounts_cli
from app.accounts import views as accounts
from app.accounts import words as accounts_words
from app.audit import actions as audit
from app.audit import cli as audit_cli
from app.backing import cli as backing_cli
from app.backing import views as backing
from app.backing import words as backing_words
from app.catalog import cli as catalog_cli
from app.catalog import views as catalog
from app.catalog import words as catalog_words
from app.credentials import cli as credentials_cli
from app.credentials import views as credentials
from app.credentials import words as credentials_words
from app.cycles import views as cycles
from app.cycles import words as cycles_words
from app.db.session import db, engine_options
from app.delivery import views as delivery
from app.delivery import words as delivery_words
from app.demo import cli as demo_cli
from app.discussion import views as discussion
from app.discussion import words as discussion_words
from app.facilitation import views as facilitation
from app.facilitation import words as facilitation_words
from app.files import actions as files_actions
from app.files import cli as files_cli
from app.files import views as files
from app.files import words as files_words
from app.home import views as home
from app.i18n.catalogues import register_catalogues, words_for
from app.i18n.formats import register_formats
from app.identity import cli as identity_cli
from app.identity import views as identity
from app.identity import words as identity_words
from app.inbox import actions as inbox_actions
from app.inbox import cli as inbox_cli
from app.inbox import views as inbox
from app.inclusion import views as inclusion
from app.inclusion import words as inclusion_words
from app.innovations import cli as innovations_cli
from app.innovations import views as innovations
from app.innovations import words as innovations_words
from app.limits import words as limits_words
from app.maturity import cli as maturity_cli
from app.maturity import views as maturity
from app.maturity import words as maturity_words
from app.messages import cli as messages_cli
from app.messages import views as messages
from app.messages import words as messages_words
from app.moderation import cli as moderation_cli
from app.moderation import views as moderation
from app.moderation import words as moderation_words
from app.monitoring import cli as monitoring_cli
from app.monitoring import views as monitoring
from app.monitoring import words as monitoring_words
from app.plans import cli as plans_cli
from app.plans import views as plans
from app.plans import words as plans_words
from app.privacy import cli as privacy_cli
from app.privacy import views as privacy
from app.privacy import words as privacy_words
from app.proposals import views as proposals
from app.proposals import words as proposals_words
from app.rad import views as rad
from app.rad import words as rad_words
from app.regions import cli as regions_cli
from app.regions import words as regions_words
from app.regions.queries import get_regency
from app.replication import views as replication
from app.replication import words as replication_words
from app.search import cli as search_cli
from app.voting import cli as voting_cli
from app.voting import views as voting
from app.voting import words as voting_words
from app.web.addresses import register_addresses
from app.web.assets import register_assets
from app.web.clock import system_clock
from app.web.context import register_context
from app.web.errors import register_errors
from app.web.headers import register_headers
from app.web.logs import register_logs
from app.web.uploads import register_uploads
from config import INSTANCE, ROOT, Settings

VIEWS = (
    accounts,
    credentials,
    identity,
    proposals,
    discussion,
    inbox,
    moderation,
    cycles,
    catalog,
    voting,
    innovations,
    maturity,
    backing,
    replication,
    rad,
    monitoring,
    delivery,
    inclusion,
    facilitation,
    plans,
    files,
    privacy,
    home,
)
# Called by machines that sign what they send: there is no form, and no cookie counts (decision 14).
RECEIVERS = (messages,)
COMMANDS = (
    accounts_cli,
    identity_cli,
    credentials_cli,
    audit_cli,
    messages_cli,
    files_cli,
    search_cli,
    inbox_cli,
    regions_cli,
    plans_cli,
    catalog_cli,
    moderation_cli,
    innovations_cli,
    maturity_cli,
    backing_cli,
    monitoring_cli,
    voting_cli,
    privacy_cli,
    demo_cli,
)
WORDS = (
    limits_words,
    messages_words,
    accounts_words,
    identity_words,
    credentials_words,
    files_words,
    regions_words,
    plans_words,
    proposals_words,
    discussion_words,
    moderation_words,
    cycles_words,
    catalog_words,
    voting_words,
    innovations_words,
    maturity_words,
    rad_words,
    monitoring_words,
    delivery_words,
    backing_words,
    replication_words,
    inclusion_words,
    facilitation_words,
    privacy_words,
)


def create_app(settings: Settings) -> Flask:
    """The whole application for these settings."""
    app = Flask(__name__, instance_path=str(INSTANCE), static_folder=None)
    _configure(app, settings)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    csrf = CSRFProtect(app)
    Compress(app)
    audit.configure(settings.audit_key)
    vault.configure(settings.keyring)
    files_actions.configure(files_actions.open_storage(settings.files))
    inbox_actions.configure(settings.base_url)
    register_catalogues(app)
    register_formats(app)
    register_addresses(app)
    register_uploads(app)
    register_context(app, get_regency, regions_words.scope_name)
    register_errors(app)
    register_logs(app)
    register_headers(app, https=settings.is_production)
    accounts.register_sign_in(app)
    app.register_blueprint(Blueprint("ui", "app.ui", template_folder="templates"))
    for room in VIEWS:
        app.register_blueprint(room.bp)
    for room in RECEIVERS:
        app.register_blueprint(room.bp)
        csrf.exempt(room.bp)
    for commands in COMMANDS:
        app.cli.add_command(commands.cli)
    for room_words in WORDS:
        words_for(*room_words.WORDS)
    register_assets(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        CLOCK=system_clock,
        SETTINGS=settings,
        TESTING=settings.environment == "test",
        FIGURES_AGE=timedelta(minutes=settings.environment != "test"),  # tests count what they have just changed
        SESSION_COOKIE_NAME="__Host-sesi" if settings.is_production else "sesi",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open for days where there is no signal
        MAX_CONTENT_LENGTH=8 * 2**20,
        MAX_FORM_MEMORY_SIZE=2**18,
        MAX_FORM_PARTS=400,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=400,
        COMPRESS_MIMETYPES=["text/html", "application/json", "text/csv", "image/svg+xml"],
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
