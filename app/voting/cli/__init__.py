"""flask voting log, tell, recount and rehearse"""

from flask.cli import AppGroup

from app.voting.cli.recounting import recount
from app.voting.cli.rehearsing import rehearse
from app.voting.cli.timed import log, tell

cli = AppGroup("voting", help="Contests and their counts.")
for command in (log, tell, recount, rehearse):
    cli.add_command(command)
