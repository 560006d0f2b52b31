"""Gateways from their settings."""

from app.messages.actions.gateways import Gateway, Gateways
from app.messages.actions.gateways.console import ConsoleGateway
from app.messages.actions.gateways.https import HttpsGateway
from app.messages.actions.gateways.smtp import SmtpGateway
from app.messages.rules.gateways import ConsoleSettings, GatewaySettings, MessageSettings, SmtpSettings


def open_gateways(settings: MessageSettings) -> Gateways:
    """The gateway of each channel that has one."""
    return {channel: _open(chosen) for channel, chosen in settings.gateways.items()}


def _open(settings: GatewaySettings) -> Gateway:
    if isinstance(settings, ConsoleSettings):
        return ConsoleGateway(settings)
    return SmtpGateway(settings) if isinstance(settings, SmtpSettings) else HttpsGateway(settings)
