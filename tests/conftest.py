"""What all tests share."""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# a shell that starts the tests in the background lets Ctrl+C be ignored, and whatever they start would ignore it too
signal.signal(signal.SIGINT, signal.default_int_handler)
