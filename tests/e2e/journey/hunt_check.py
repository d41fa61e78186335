# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""Proves that the hunt finds a planted secret in every form, and nothing where there is nothing."""

import base64
import json
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote, quote_plus

from hunt import Hunt

SECRET = "Zq7+abc/&=%é:0123456789"
RAW = SECRET.encode()
PLANTED = {
    "plain": RAW,
    "percent": quote(SECRET, safe="").encode(),
    "percent, lower case": quote(SECRET, safe="").lower().encode(),
    "form": quote_plus(SECRET).encode(),
    "JSON": json.dumps({"a": SECRET}).encode(),
    "UTF-16": SECRET.encode("utf-16-le"),
    "Base64": base64.b64encode(RAW),
    "Base64 after one byte": base64.b64encode(b"x" + RAW + b"tail"),
    "Base64 after two bytes": base64.b64encode(b"xy" + RAW + b"tail"),
    "Base64 of Basic authentication": base64.b64encode(b"other-console:" + RAW),
    "URL alphabet": base64.urlsafe_b64encode(b"abc:" + RAW),
}


def main():
    missed = []
    for name, content in PLANTED.items():
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "file").write_bytes(b"before " + content + b" after")
            hunt = Hunt({"secret": [SECRET]})
            hunt.files(folder)
            if not hunt.finds:
                missed.append(name)
    innocent = Hunt({"secret": [SECRET]})
    innocent.data("innocent", b"nothing to see " * 1000)
    if missed or innocent.finds:
        print("missed:", missed, "wrongly found:", innocent.finds)
        return 1
    print(f"found in all {len(PLANTED)} forms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
