"""What is known of a person, and their ways in."""

from collections.abc import Sequence

from app.accounts.models import Attestation, Consent, SignIn
from app.credentials.models import OneTimeCode, Passkey, RecoveryCode, ResidentCard, TotpSecret
from app.facilitation.models import Assistance
from app.identity.models import GroupMembership, Identity
from app.identity.queries import OWN_LAST4
from app.messages.models import Message
from app.privacy.queries.traces.trace import HELPER, OTHER, Trace
from app.privacy.rules import Fate, Section

KNOWN: Sequence[Trace] = (
    Trace(
        Identity.person_id,
        Fate.DELETED,
        Section.IDENTITY,
        # Doubts tell whether another account has the NIK.
        (OWN_LAST4, Identity.birth_year, Identity.sex, Identity.recorded_at),
    ),
    Trace(GroupMembership.person_id, Fate.DELETED, Section.GROUPS, (GroupMembership.group,)),
    Trace(
        Consent.person_id,
        Fate.EMPTIED,
        Section.CONSENTS,
        (Consent.purpose, Consent.wording, Consent.mode, Consent.source, Consent.given_at, Consent.withdrawn_at),
        why="that there was a consent, and until when, has to be shown; where it came from is erased",
    ),
    Trace(
        Attestation.person_id,
        Fate.KEPT,
        Section.ATTESTATION,
        (Attestation.document, Attestation.at, HELPER),
        ((OTHER, OTHER.id == Attestation.attester_id),),
        why="how many people a facilitator has vouched for stays countable",
    ),
    Trace(
        Assistance.person_id,
        Fate.KEPT,
        Section.ASSISTANCE,
        (Assistance.deed, Assistance.at, HELPER),
        ((OTHER, OTHER.id == Assistance.facilitator_id),),
        why="how often a facilitator has acted for others stays countable",
    ),
)

WAYS_IN: Sequence[Trace] = (
    Trace(
        SignIn.person_id,
        Fate.DELETED,
        Section.DEVICES,
        (SignIn.browser, SignIn.system, SignIn.way, SignIn.begun_at, SignIn.seen_at, SignIn.is_shared),
    ),
    Trace(SignIn.kiosk_for_id, Fate.DELETED, why="the session is the facilitator's; that they lent it is assistance"),
    Trace(
        OneTimeCode.person_id, Fate.DELETED, Section.CODES, (OneTimeCode.use, OneTimeCode.sent_at, OneTimeCode.used_at)
    ),
    Trace(
        ResidentCard.person_id,
        Fate.DELETED,
        Section.CARDS,
        (ResidentCard.issued_at, ResidentCard.expires_at, ResidentCard.revoked_at, ResidentCard.revoke_reason, HELPER),
        ((OTHER, OTHER.id == ResidentCard.issued_by_id),),
    ),
    Trace(Passkey.person_id, Fate.DELETED, Section.PASSKEYS, (Passkey.name, Passkey.added_at, Passkey.used_at)),
    Trace(TotpSecret.person_id, Fate.DELETED, Section.AUTHENTICATOR, (TotpSecret.added_at, TotpSecret.confirmed_at)),
    Trace(RecoveryCode.person_id, Fate.DELETED, Section.RECOVERY, (RecoveryCode.made_at, RecoveryCode.used_at)),
    Trace(
        Message.person_id,
        Fate.DELETED,
        Section.MESSAGES,
        (Message.kind, Message.channel, Message.status, Message.written_at, Message.sent_at, Message.delivered_at),
    ),
)
