# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""Looks for secrets where none may be: files, argument lists, environments; in every form they may have taken."""

import base64
import json
from pathlib import Path
from urllib.parse import quote, quote_plus


def forms(secret):
    """The byte strings that would give this secret away."""
    raw = secret.encode()
    found = {raw, secret.encode("utf-16-le"), secret.encode("utf-16-be"),
             json.dumps(secret)[1:-1].encode(), json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
             json.dumps(secret)[1:-1].replace("/", "\\/").encode(),
             quote(secret, safe="").encode(), quote(secret, safe="").lower().encode(), quote_plus(secret).encode()}
    for shift in range(3):
        # Base64 of any text around it contains one of these three middles; the edges depend on the neighbours.
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            encoded = encode(b"\0" * shift + raw)
            start = -(-shift * 8 // 6)
            found.add(encoded[start:len(encoded) - 4].rstrip(b"="))
    return {form for form in found if len(form) >= 6}


class Hunt:
    def __init__(self, named_secrets):
        """\\param named_secrets what → list of texts"""
        self.needles = [(what, form) for what, values in named_secrets.items() for value in values for form in forms(value)]
        self.searched = 0
        self.finds = []

    def data(self, where, content):
        self.searched += 1
        for what, form in self.needles:
            if form in content:
                self.finds.append(f"{what} in {where}")

    def files(self, folder, leave_out=()):
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.name not in leave_out:
                self.data(str(path), path.read_bytes())

    def process(self, pid):
        """The argument list and environment of a process and of its children."""
        for one in [pid, *children(pid)]:
            for part in ("cmdline", "environ"):
                try:
                    self.data(f"{part} of process {one}", Path(f"/proc/{one}/{part}").read_bytes())
                except OSError:
                    continue


def children(pid):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        if parent == pid:
            child = int(stat.parent.name)
            found += [child, *children(child)]
    return found
