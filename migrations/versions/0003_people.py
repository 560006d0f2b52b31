"""Identities, credentials, consents, messages, counters, assistance; phones are encrypted and found by a blind index

Whoever was signed in signs in again: what a session says of itself is more than the old rows know.

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from app import vault

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tries',
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('key_digest', sa.String(length=64), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'key_digest', 'since', name=op.f('pk_tries'))
    )
    with op.batch_alter_table('tries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tries_since'), ['since'], unique=False)

    op.create_table('assistances',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('facilitator_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('deed', sa.Enum('enrolled', 'attested', 'card_printed', 'card_replaced', 'proposal_typed', 'paper_typed', 'device_lent', 'ballot_assisted', name='deed', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['facilitator_id'], ['people.id'], name=op.f('fk_assistances_facilitator_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_assistances_person_id_people')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_assistances_village_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assistances'))
    )
    with op.batch_alter_table('assistances', schema=None) as batch_op:
        batch_op.create_index('ix_assistances_facilitator', ['facilitator_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_assistances_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assistances_village_code'), ['village_code'], unique=False)

    op.create_table('consents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('account', 'groups', 'public_name', 'messages', name='purpose', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('wording', sa.String(length=20), nullable=False),
    sa.Column('mode', sa.Enum('self', 'read_aloud', 'roll', name='mode', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('witness_id', sa.Integer(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_consents_person_id_people')),
    sa.ForeignKeyConstraint(['witness_id'], ['people.id'], name=op.f('fk_consents_witness_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index('ix_consents_person', ['person_id', 'purpose'], unique=False)

    op.create_table('group_memberships',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('group', sa.Enum('women', 'children', 'youth', 'elderly', 'disability', 'indigenous', 'poor', 'border', 'newcomers', name='group', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_group_memberships_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', 'group', name=op.f('pk_group_memberships'))
    )
    op.create_table('identities',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('nik_digest', sa.String(length=72), nullable=True),
    sa.Column('nik_last4', sa.String(length=4), nullable=True),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('sex', sa.Enum('female', 'male', name='sex', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('doubts', sa.JSON(), nullable=False),
    sa.Column('verifier', sa.String(length=24), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(nik_digest IS NULL) = (nik_last4 IS NULL)', name=op.f('ck_identities_nik')),
    sa.CheckConstraint('birth_year BETWEEN 1900 AND 2200', name=op.f('ck_identities_birth_year')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_identities_person_id_people')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_identities_recorded_by_id_people')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_identities')),
    sa.UniqueConstraint('nik_digest', name=op.f('uq_identities_nik_digest'))
    )
    with op.batch_alter_table('identities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identities_birth_year'), ['birth_year'], unique=False)

    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.Enum('code', 'notice', name='kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('channel', sa.Enum('phone', 'email', name='channel', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('address_sealed', sa.LargeBinary(length=400), nullable=True),
    sa.Column('text_sealed', sa.LargeBinary(length=4000), nullable=True),
    sa.Column('status', sa.Enum('queued', 'sending', 'sent', 'delivered', 'failed', name='message_status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claim', sa.String(length=36), nullable=True),
    sa.Column('gateway', sa.String(length=24), nullable=False),
    sa.Column('gateway_id', sa.String(length=120), nullable=True),
    sa.Column('last_error', sa.String(length=200), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_messages_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('key', name=op.f('uq_messages_key'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index('ix_messages_due', ['status', 'due_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_gateway_id'), ['gateway_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_written_at'), ['written_at'], unique=False)

    op.create_table('one_time_codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('use', sa.Enum('sign_in', 'confirm_phone', name='use', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('phone_index', sa.String(length=64), nullable=False),
    sa.Column('browser_digest', sa.String(length=64), nullable=False),
    sa.Column('code_digest', sa.String(length=64), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_one_time_codes_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_codes'))
    )
    with op.batch_alter_table('one_time_codes', schema=None) as batch_op:
        batch_op.create_index('ix_one_time_codes_browser', ['browser_digest', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_one_time_codes_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_one_time_codes_sent_at'), ['sent_at'], unique=False)

    op.create_table('paper_batches',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('facilitator_id', sa.Integer(), nullable=False),
    sa.Column('sheets', sa.Integer(), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('sheets BETWEEN 1 AND 50', name=op.f('ck_paper_batches_sheets')),
    sa.ForeignKeyConstraint(['facilitator_id'], ['people.id'], name=op.f('fk_paper_batches_facilitator_id_people')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_paper_batches_village_code_regions')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_paper_batches'))
    )
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_batches_facilitator_id'), ['facilitator_id'], unique=False)

    op.create_table('passkeys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('credential_id', sa.LargeBinary(length=1023), nullable=False),
    sa.Column('public_key', sa.LargeBinary(length=2000), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_passkeys_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkeys_credential_id'))
    )
    with op.batch_alter_table('passkeys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkeys_person_id'), ['person_id'], unique=False)

    op.create_table('person_views',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('viewer_id', sa.Integer(), nullable=False),
    sa.Column('seen', sa.Enum('record', 'card', 'grants', 'found', name='seen', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_person_views_person_id_people')),
    sa.ForeignKeyConstraint(['viewer_id'], ['people.id'], name=op.f('fk_person_views_viewer_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_views'))
    )
    with op.batch_alter_table('person_views', schema=None) as batch_op:
        batch_op.create_index('ix_person_views_at', ['at'], unique=False)
        batch_op.create_index('ix_person_views_person', ['person_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_views_viewer_id'), ['viewer_id'], unique=False)

    op.create_table('recovery_codes',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recovery_codes_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', 'digest', name=op.f('pk_recovery_codes'))
    )
    op.create_table('resident_cards',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('password_hash', sa.String(length=160), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoke_reason', sa.String(length=24), nullable=True),
    sa.CheckConstraint('(revoked_at IS NULL) = (revoke_reason IS NULL)', name=op.f('ck_resident_cards_revoked')),
    sa.CheckConstraint('expires_at > issued_at', name=op.f('ck_resident_cards_expires')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['people.id'], name=op.f('fk_resident_cards_issued_by_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_resident_cards_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resident_cards')),
    sa.UniqueConstraint('code', name=op.f('uq_resident_cards_code'))
    )
    with op.batch_alter_table('resident_cards', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resident_cards_issued_by_id'), ['issued_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resident_cards_person_id'), ['person_id'], unique=False)

    op.create_table('totp_secrets',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('secret_sealed', sa.LargeBinary(length=120), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_step', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_totp_secrets_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_totp_secrets'))
    )
    op.drop_table('sign_in_tries')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phone_sealed', sa.LargeBinary(length=80), nullable=True))
        batch_op.add_column(sa.Column('phone_index', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('phone_confirmed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('hamlet', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('language', sa.String(length=8), nullable=False, server_default='id'))
        batch_op.add_column(sa.Column('active_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.text("UPDATE people SET active_at = registered_at"))
    _seal_phones()
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.alter_column('hamlet', existing_type=sa.String(length=60), server_default=None)
        batch_op.alter_column('language', existing_type=sa.String(length=8), server_default=None)
        batch_op.alter_column('active_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.drop_index(batch_op.f('ix_people_phone'))
        batch_op.drop_column('phone')
        batch_op.create_index('ix_people_active', ['active_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_people_phone_index'), ['phone_index'], unique=False)
        batch_op.create_check_constraint(batch_op.f('ck_people_phone_sealed'), '(phone_sealed IS NULL) = (phone_index IS NULL)')
        batch_op.create_check_constraint(batch_op.f('ck_people_phone_confirmed'), 'phone_confirmed_at IS NULL OR phone_index IS NOT NULL')

    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.add_column(sa.Column('read_back_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.add_column(sa.Column('agency_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_role_grants_agency_id_agencies'), 'agencies', ['agency_id'], ['id'])

    with op.batch_alter_table('roll', schema=None, table_kwargs={'sqlite_with_rowid': False}) as batch_op:
        batch_op.add_column(sa.Column('helper_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_roll_helper_id'), ['helper_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_roll_helper_id_people'), 'people', ['helper_id'], ['id'])

    op.execute(sa.text("DELETE FROM sign_ins"))
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.add_column(sa.Column('way', sa.Enum('password', 'code', 'passkey', name='way', native_enum=False, create_constraint=True, length=24), nullable=False))
        batch_op.add_column(sa.Column('factor_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('kiosk_for_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('kiosk_pin', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('kiosk_tries', sa.Integer(), nullable=False))
        batch_op.alter_column('confirmed_at',
               existing_type=sa.DateTime(timezone=True),
               nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_sign_ins_kiosk_for_id_people'), 'people', ['kiosk_for_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_sign_ins_kiosk'), '(kiosk_for_id IS NULL) = (kiosk_pin IS NULL)')



def downgrade() -> None:
    op.execute(sa.text("DELETE FROM sign_ins"))
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_sign_ins_kiosk'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_sign_ins_way'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_sign_ins_kiosk_for_id_people'), type_='foreignkey')
        batch_op.alter_column('confirmed_at',
               existing_type=sa.DateTime(timezone=True),
               nullable=False)
        batch_op.drop_column('kiosk_tries')
        batch_op.drop_column('kiosk_pin')
        batch_op.drop_column('kiosk_for_id')
        batch_op.drop_column('factor_at')
        batch_op.drop_column('way')

    with op.batch_alter_table('roll', schema=None, table_kwargs={'sqlite_with_rowid': False}) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_roll_helper_id_people'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_roll_helper_id'))
        batch_op.drop_column('helper_id')

    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_role_grants_agency_id_agencies'), type_='foreignkey')
        batch_op.drop_column('agency_id')

    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.drop_column('read_back_at')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phone', sa.String(length=16), nullable=True))
    _open_phones()
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_people_phone_confirmed'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_people_phone_sealed'), type_='check')
        batch_op.drop_index(batch_op.f('ix_people_phone_index'))
        batch_op.drop_index('ix_people_active')
        batch_op.create_index(batch_op.f('ix_people_phone'), ['phone'], unique=False)
        batch_op.drop_column('closed_at')
        batch_op.drop_column('active_at')
        batch_op.drop_column('language')
        batch_op.drop_column('hamlet')
        batch_op.drop_column('phone_confirmed_at')
        batch_op.drop_column('phone_index')
        batch_op.drop_column('phone_sealed')

    op.create_table('sign_in_tries',
    sa.Column('name_digest', sa.String(length=64), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name_digest', 'since', name=op.f('pk_sign_in_tries'))
    )
    op.drop_table('totp_secrets')
    with op.batch_alter_table('resident_cards', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resident_cards_person_id'))
        batch_op.drop_index(batch_op.f('ix_resident_cards_issued_by_id'))

    op.drop_table('resident_cards')
    op.drop_table('recovery_codes')
    with op.batch_alter_table('person_views', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_views_viewer_id'))
        batch_op.drop_index('ix_person_views_person')
        batch_op.drop_index('ix_person_views_at')

    op.drop_table('person_views')
    with op.batch_alter_table('passkeys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkeys_person_id'))

    op.drop_table('passkeys')
    with op.batch_alter_table('paper_batches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_batches_facilitator_id'))

    op.drop_table('paper_batches')
    with op.batch_alter_table('one_time_codes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_codes_sent_at'))
        batch_op.drop_index(batch_op.f('ix_one_time_codes_person_id'))
        batch_op.drop_index('ix_one_time_codes_browser')

    op.drop_table('one_time_codes')
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_messages_written_at'))
        batch_op.drop_index(batch_op.f('ix_messages_person_id'))
        batch_op.drop_index(batch_op.f('ix_messages_gateway_id'))
        batch_op.drop_index('ix_messages_due')

    op.drop_table('messages')
    with op.batch_alter_table('identities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_identities_birth_year'))

    op.drop_table('identities')
    op.drop_table('group_memberships')
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.drop_index('ix_consents_person')

    op.drop_table('consents')
    with op.batch_alter_table('assistances', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assistances_village_code'))
        batch_op.drop_index(batch_op.f('ix_assistances_person_id'))
        batch_op.drop_index('ix_assistances_facilitator')

    op.drop_table('assistances')
    with op.batch_alter_table('tries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tries_since'))

    op.drop_table('tries')


PEOPLE = sa.table(
    'people',
    sa.column('id', sa.Integer),
    sa.column('card_number', sa.String),
    sa.column('phone', sa.String),
    sa.column('phone_sealed', sa.LargeBinary),
    sa.column('phone_index', sa.String),
)


def _seal_phones() -> None:
    connection = op.get_bind()
    known = connection.execute(sa.select(PEOPLE.c.id, PEOPLE.c.card_number, PEOPLE.c.phone).where(PEOPLE.c.phone.is_not(None)))
    for row in known.all():
        sealed = vault.seal(row.phone, f'people|phone|{row.card_number}')
        index = vault.blind_index('phone', row.phone)
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.id == row.id).values(phone_sealed=sealed, phone_index=index))


def _open_phones() -> None:
    connection = op.get_bind()
    known = connection.execute(sa.select(PEOPLE.c.id, PEOPLE.c.card_number, PEOPLE.c.phone_sealed).where(PEOPLE.c.phone_sealed.is_not(None)))
    for row in known.all():
        phone = vault.open_sealed(row.phone_sealed, f'people|phone|{row.card_number}')
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.id == row.id).values(phone=phone))
