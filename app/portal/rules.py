"""What the portal allows."""

from __future__ import annotations

from app.kernel.access import PUBLIC, permission

permission("portal.read", scope="installation", roles={PUBLIC})
