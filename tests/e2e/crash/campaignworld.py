# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""What the service of the crash campaign knows and carries out in one run, and how it fails. What it wrote down is the truth the oracle
judges by, so a line is in the file before anything is carried out or answered.
"""

import collections
import json
import os
import random
import time

TEMPLATE = "tpl-campaign"
# What every secret or personal value of a run contains, so that a file can be searched for them.
MARK = "zq7campaign"

# Faults of a call that changes something. "before": it is not carried out; "after": it is, and nobody hears of it.
WRITE_FAULTS = ("drop_before", "drop_after", "reset_before", "reset_after", "hang_after", "late", "error_before", "error_after",
                "gateway_after", "redirect", "truncated", "half_json", "empty_2xx", "no_status", "odd_status", "too_many", "unavailable",
                "unauthorized", "slow", "close_after_answer")
READ_FAULTS = ("drop_before", "error_before", "too_many", "unauthorized", "slow", "half_json")
TOKEN_FAULTS = ("drop_before", "error_before", "slow")


class World:
    """One run: what the service knows, what it was asked, how it fails."""

    def __init__(self, name, folder, seed, *, permille=0, faults=WRITE_FAULTS, echo=False, accept=0, foreign=0, slow_ms=30, revoke="batch",
                 latency_ms=0):
        self.name = name
        self.seed = seed
        self.permille = permille
        self.faults = faults
        self.echo = echo
        self.accept = accept            # 0: nobody accepts; else in how many looks
        self.slow_ms = slow_ms
        self.latency_ms = latency_ms    # how long every answer takes
        self.refused = set()            # e-mail addresses and member numbers of people who get nothing
        self.moments = collections.defaultdict(list)    # number of a request -> what happens when it has come
        self.epoch = time.time()        # when time began to run faster
        self.speed = 1
        self.revoke = revoke
        self.token = f"tok-{MARK}-{seed}"
        self.secret = f"secret-{MARK}-{seed}"
        self.accounts = {}
        self.issuances = {}             # id -> dict
        self.presentations = {}
        self.lines = []                 # what is in the file, as dicts
        self.occurrences = {}
        self.counts = {}                # fault -> how often
        self.requests = 0
        self.file = os.open(os.path.join(folder, "server.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for number in range(foreign):   # of another console of the same organisation
            self.make_issuance("foreign", {"memberName": f"{MARK} stranger {number}", "memberNumber": f"{MARK}-f{number}"})

    def close(self):
        os.close(self.file)

    def now(self):
        """The time of this service: it runs as fast as the program's."""
        return self.epoch + (time.time() - self.epoch) * self.speed

    def stamp(self, moment=None):
        moment = self.now() if moment is None else moment
        return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment)) + f".{int(moment * 1000) % 1000:03d}Z"

    def date(self):
        return "Date: " + time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(self.now()))

    def write(self, **line):
        line["t"] = int(time.time() * 1_000_000)
        self.lines.append(line)
        os.write(self.file, json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")

    def choose(self, kind, rid, faults):
        """The same for the same call of the same run, in whatever order calls arrive."""
        key = (kind, rid)
        number = self.occurrences[key] = self.occurrences.get(key, 0) + 1
        chance = random.Random(f"{self.seed}/{kind}/{rid}/{number}")
        usable = [fault for fault in self.faults if fault in faults]
        if not usable or chance.randrange(1000) >= self.permille:
            return None
        fault = chance.choice(usable)
        self.counts[fault] = self.counts.get(fault, 0) + 1
        return fault

    def chance(self, kind, rid):
        return random.Random(f"{self.seed}/{kind}/{rid}/{self.occurrences.get((kind, rid), 0)}/more")

    # What the calls do. Each gives (status, body) and a word for what was carried out.

    def make_issuance(self, rid, attributes):
        number = len(self.issuances) + 1
        one = {"id": f"iss-{self.seed}-{number}", "credential": f"cred-{self.seed}-{number}", "rid": rid, "attributes": attributes,
               "offer": f"openid-credential-offer://?credential_offer_uri=https%3A%2F%2F{MARK}offer.example%2F{self.seed}%2F{number}",
               "status": "offered", "delivered": 0, "looks": 0, "made": self.now()}
        self.issuances[one["id"]] = one
        return one

    def picture(self, one):
        credential = {"id": one["credential"], "status": "offered", "credentialTemplateId": TEMPLATE, "format": "sd-jwt-vc",
                      "exchange": "openid4vc", "revocable": True}
        if one["status"] == "revoked":
            credential["status"] = "revoked"
        elif one["status"] == "completed":
            credential["status"] = "issued"
        if self.echo:
            credential["attributes"] = one["attributes"]
        made = self.stamp(one["made"])
        picture = {"id": one["id"], "status": one["status"], "error": None, "credentials": [credential], "offerUri": one["offer"],
                   "offerQrUri": one["offer"] + "&qr=true", "createdAt": made, "updatedAt": made}
        if self.echo:
            picture["attributes"] = one["attributes"]
        return picture

    def execute(self, kind, rid, path, body):
        if kind == "account":
            key = body.get("email") or body.get("username")
            if not key:
                return 400, {"message": "an e-mail or a user name is needed"}, {"what": "nothing"}
            if key in self.refused:
                return 400, {"message": "this person cannot be registered"}, {"what": "nothing"}
            is_new = key not in self.accounts
            self.accounts.setdefault(key, key)
            password = f"pw-{MARK}-{self.seed}-{len(self.accounts)}" if is_new else ""
            return 201, {"data": {"email": body.get("email", ""), "username": self.accounts[key], "tempPassword": password}}, \
                {"what": "account", "new": is_new}
        if kind == "issue":
            if body.get("credentialTemplateId") != TEMPLATE:
                return 404, {"message": "no such template"}, {"what": "nothing"}
            if body.get("attributes", {}).get("memberNumber") in self.refused:
                return 400, {"message": "not for this person"}, {"what": "nothing"}
            one = self.make_issuance(rid, body.get("attributes", {}))
            return 201, {"data": self.picture(one)}, {"what": "issuance", "id": one["id"]}
        if kind == "deliver":
            for one in self.issuances.values():
                if one["offer"] == body.get("credentialOffer"):
                    one["delivered"] += 1
                    return 201, None, {"what": "delivery", "id": one["id"], "to": body.get("recipient"), "by": body.get("identifierType", "email")}
            return 400, {"message": "no such offer"}, {"what": "nothing"}
        if kind == "revoke":
            ids = body.get("ids") if isinstance(body, dict) and "ids" in body else [path.split("/")[-2]]
            done = []
            for one in self.issuances.values():
                if one["credential"] in ids:
                    one["status"] = "revoked"
                    done.append(one["id"])
            if not done:
                return 400, {"message": "Issued Credential with that id not found"}, {"what": "nothing"}
            return 204, None, {"what": "revocation", "ids": done}
        if kind == "request":
            number = len(self.presentations) + 1
            made = self.stamp()
            one = {"id": f"pres-{self.seed}-{number}", "status": "requested", "credentials": [], "createdAt": made, "updatedAt": made,
                   "presentationTemplateId": body.get("presentationTemplateId"), "error": None,
                   "authorizationRequestUri": f"openid4vp://?request_uri=https%3A%2F%2F{MARK}request.example%2F{self.seed}%2F{number}",
                   "authorizationRequestQrUri": f"openid4vp://?request_uri=https%3A%2F%2F{MARK}request.example%2F{self.seed}%2F{number}&qr=true",
                   "looks": 0}
            self.presentations[one["id"]] = one
            return 200, {"data": {k: v for k, v in one.items() if k != "looks"}}, {"what": "request", "id": one["id"]}
        return 404, {"message": "no such route"}, {"what": "nothing"}

    def look(self, kind, path, query):
        if kind == "issuance":
            one = self.issuances.get(path.split("/")[-1])
            if not one:
                return 404, {"message": "no such issuance"}
            one["looks"] += 1
            if self.accept and one["delivered"] and one["status"] == "offered" and one["looks"] >= self.accept:
                one["status"] = "completed"
                self.write(accepted=one["id"])
            return 200, {"data": self.picture(one)}
        if kind == "issuances":
            newest = sorted(self.issuances.values(), key=lambda one: one["made"], reverse=True)
            size = 100
            start = 0
            for part in query.split("&"):
                name, _, value = part.partition("=")
                if name in ("page%5Bsize%5D", "page[size]") and value.isdigit():
                    size = max(1, min(100, int(value)))
                if name in ("page%5Bafter%5D", "page[after]"):
                    start = next((i + 1 for i, one in enumerate(newest) if one["id"] == value), len(newest))
            page = newest[start:start + size]
            return 200, {"data": [self.picture(one) for one in page], "meta": {"page": {"size": str(size), "maxSize": "100"}}}
        if kind == "presentation":
            one = self.presentations.get(path.split("/")[-1])
            if not one:
                return 404, {"message": "no such request"}
            one["looks"] += 1
            if self.accept and one["looks"] >= self.accept and one["status"] == "requested":
                one["status"] = "verified"
                one["credentials"] = [{"isValid": True, "name": "Campaign", "type": "https://example.org/campaign",
                                       "attributes": {"memberName": f"{MARK} answered"}, "issues": []}]
                self.write(answered=one["id"])
            return 200, {"data": {k: v for k, v in one.items() if k != "looks"}}
        if kind == "users":
            return 200, {"data": []}
        if kind == "templates":
            return 200, {"data": []}
        return 404, {"message": "no such route"}
