"""Parts that Goodword does without, less well."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from goodword.config.checkup.finding import Finding, State
from goodword.kernel.virus_scan import ScannerAway, scan

# Programs that development uses, and what is missed without them.
_PROGRAMS = {
    "chromium": "the browser tests are skipped; apt-get install chromium",
    "dovecot": "the mail tests are skipped; apt-get install dovecot-imapd dovecot-lmtpd",
    "msgfmt": "translations cannot be built; apt-get install gettext",
}


def look_at_parts() -> Iterator[Finding]:
    """Each part that is there or not, and what is missed without it."""
    yield _virus_scanner(os.environ.get("GOODWORD_VIRUS_SCANNER", ""))
    places = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"  # Servers lie where an ordinary user does not look.
    for name, without in _PROGRAMS.items():
        if shutil.which(name, path=places):
            yield Finding(name, State.WELL, "there")
        else:
            yield Finding(name, State.MISSING, without)


def _virus_scanner(address: str) -> Finding:
    if not address:
        advice = "apt-get install clamav-daemon, and set GOODWORD_VIRUS_SCANNER=/var/run/clamav/clamd.ctl"
        return Finding("Virus scanner", State.MISSING, f"attachments are not scanned; {advice}")
    try:
        scan(b"nothing to be found here", address)
    except ScannerAway as error:
        return Finding("Virus scanner", State.ILL, f"{error} Start it, or unset GOODWORD_VIRUS_SCANNER")
    return Finding("Virus scanner", State.WELL, f"answers at {address}")
