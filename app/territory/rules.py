"""Who may read and change the territory."""

from __future__ import annotations

from app.kernel.access import permission

permission("territory.search", scope="installation", roles={"public"})
permission("territory.manage", scope="installation", roles={"administrator"})
