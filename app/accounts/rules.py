"""Roles, where each is held, and what accounts themselves allow."""

from __future__ import annotations

from app.kernel.access import PUBLIC, SIGNED_IN, permission

# Role -> the kind of thing it is held in (02-domain, Powers).
ROLES = {
    "administrator": "installation",
    "organiser": "meeting",
    "desk": "meeting",
    "secretary": "meeting",
    "coordinator": "workshop",
    "rapporteur": "workshop",
    "officer": "body",
    "official": "body",
    "programme_unit": "programme",
}

permission("accounts.enter", scope="installation", roles={PUBLIC})
permission("accounts.own", scope="self", roles={SIGNED_IN})
permission("accounts.manage", scope="installation", roles={"administrator"})
