"""What the portal allows."""

from __future__ import annotations

from app.kernel.access import PUBLIC, SIGNED_IN, permission

permission("portal.read", scope="installation", roles={PUBLIC})
permission("portal.mine", scope="self", roles={SIGNED_IN})
permission("portal.manage", scope="meeting", roles={"organiser"})
