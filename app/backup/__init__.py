"""One archive with everything an installation is: database, uploads, key; written online, verified when restored."""

from app.backup.commands import backup_commands
from app.backup.restoring import restore
from app.backup.writing import BackupError, create

__all__ = ["BackupError", "backup_commands", "create", "restore"]
