import zoneinfo

import pytest


@pytest.fixture(scope="package", autouse=True)
def _pinned_zones() -> None:
    """Take the time zones from the pinned package, as the application does when it starts."""
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
