#!/usr/bin/python3
# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""A small client that keeps a journal of the same form, to test the campaign with: honest, or with one flaw (STRAWMAN_FLAW).

A campaign that finds something in the honest one, or nothing in a flawed one, is worth nothing itself.
"""

import hashlib
import http.client
import json
import os
import sqlite3
import sys

FLAW = os.environ.get("STRAWMAN_FLAW", "")
FOLDER = sys.argv[1]
FINALS = {"accepted", "revoked", "dropped"}


class Journal:
    def __init__(self):
        os.makedirs(os.path.join(FOLDER, "data"), exist_ok=True)
        self.base = sqlite3.connect(os.path.join(FOLDER, "data", "journal.sqlite"), isolation_level=None)
        self.base.execute("PRAGMA locking_mode=EXCLUSIVE")
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=" + ("NORMAL" if FLAW == "normal" else "FULL"))
        self.base.executescript("""
            BEGIN;
            CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value);
            CREATE TABLE IF NOT EXISTS line (number INTEGER PRIMARY KEY, text, sealed_digest, hash);
            CREATE TABLE IF NOT EXISTS sealed (line, kind, key_id, bytes);
            CREATE TABLE IF NOT EXISTS work (intent TEXT PRIMARY KEY, state, open, record);
            CREATE TABLE IF NOT EXISTS issuance (id TEXT PRIMARY KEY, intent);
            COMMIT;""")

    def append(self, intent, state, attempt=1, **facts):
        self.base.execute("BEGIN IMMEDIATE")
        number, before = self.base.execute("SELECT count(*), (SELECT hash FROM line ORDER BY number DESC LIMIT 1) FROM line").fetchone()
        number += 1
        text = json.dumps({"number": number, "intent": intent, "state": state, "attempt": attempt, "work": "issue", "facts": facts}).encode()
        if FLAW == "in-clear" and state == "offered":
            text = text[:-2] + b', "note": "zq7campaign"}}'
        new = hashlib.sha256((before or bytes(32)) + len(text).to_bytes(8, "big") + text).digest()
        self.base.execute("INSERT INTO line VALUES (?, ?, ?, ?)", (number, text, b"", new))
        old = self.base.execute("SELECT record FROM work WHERE intent = ?", (intent,)).fetchone()
        record = json.loads(old[0]) if old else {"work": "issue"}
        record.update({key: facts[key] for key in ("issuanceId", "offer") if key in facts})
        if state == "abandoned":
            record["unusedOffers"] = record.get("unusedOffers", 0) + 1
        if state == "delivered":
            record["delivered"] = True
        self.base.execute("INSERT OR REPLACE INTO work VALUES (?, ?, ?, ?)", (intent, state, int(state not in FINALS), json.dumps(record)))
        if state == "offered":
            self.base.execute("INSERT INTO issuance VALUES (?, ?)", (facts["issuanceId"], intent))
        self.base.execute("INSERT OR REPLACE INTO meta VALUES ('head_number', ?), ('head_hash', ?)", (number, new))
        self.base.execute("COMMIT")

    def state(self, intent):
        found = self.base.execute("SELECT state, record FROM work WHERE intent = ?", (intent,)).fetchone()
        return (found[0], json.loads(found[1])) if found else (None, {})

    def attempts(self, intent, state):
        return sum(json.loads(text)["intent"] == intent and json.loads(text)["state"] == state
                   for text, in self.base.execute("SELECT text FROM line"))


class Client:
    def __init__(self, plan, journal):
        self.plan = plan
        self.journal = journal
        self.host = plan["base"].split("/")[2]
        self.path = "/" + plan["base"].split("/", 3)[3]
        self.line = None
        self.token = None

    def post(self, path, body, rid, kind="application/json"):
        """(status, answer) or None when there was no proper answer."""
        headers = {"Content-Type": kind, "X-Request-ID": rid}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        for _ in range(2 if FLAW == "resend" else 1):
            line = http.client.HTTPConnection(self.host, timeout=1)
            try:
                line.request("POST", self.path + path, body, headers)
                reply = line.getresponse()
                text = reply.read()
                if FLAW == "any-answer" and path != "/token":
                    return 201, text
                return reply.status, text
            except (OSError, http.client.HTTPException):
                if FLAW == "any-answer" and path != "/token":
                    return 201, b""
            finally:
                line.close()
        return None

    def sign_in(self):
        while not self.token:
            got = self.post("/token", f"grant_type=client_credentials&client_secret={self.plan['secret']}", "t", "application/x-www-form-urlencoded")
            if got and got[0] == 200:
                self.token = json.loads(got[1])["access_token"]

    def call(self, row, path, body, words, read):
        """One call with its lines; True when it is done."""
        intent = row["intent"]
        number = self.journal.attempts(intent, words["intent"]) + 1
        if FLAW != "late-intent":
            self.journal.append(intent, words["intent"], number)
        got = self.post(path, json.dumps(body), intent)
        if FLAW == "late-intent":
            self.journal.append(intent, words["intent"], number)
        facts = read(*got) if got else None
        if facts is not None:
            self.journal.append(intent, words["done"], number, **facts)
        elif got and 400 <= got[0] < 500 or got and got[0] == 503:
            self.journal.append(intent, words["refused"], number, http=got[0])
        else:
            self.journal.append(intent, words["unknown"], number)
        return facts is not None

    def work(self, row):
        """Goes on with a row from where the journal says it stands; False after four rounds."""
        for _ in range(40):
            state, record = self.journal.state(row["intent"])
            intent = row["intent"]
            if state is None:
                self.journal.append(intent, "prepared")
            elif state in ("prepared", "notSent", "accountUnknown", "accountRefused") and "email" not in row and "username" not in row \
                    or state == "accountReady":
                self.call(row, "/creds/credentials/issuance", {"credentialTemplateId": self.plan["template"], "attributes": row["values"]},
                          {"intent": "sent", "done": "offered", "refused": "notSent", "unknown": "unknown"}, self.offer)
            elif state in ("prepared", "notSent", "accountUnknown", "accountRefused"):
                self.call(row, "/onboarding/users", {key: row[key] for key in ("email", "username") if key in row},
                          {"intent": "accountIntent", "done": "accountReady", "refused": "notSent", "unknown": "accountUnknown"},
                          lambda status, _: {} if 200 <= status < 300 else None)
            elif state == "accountIntent":
                self.journal.append(intent, "accountUnknown", failure="crash")
            elif state == "sent":
                self.journal.append(intent, "unknown", failure="crash")
            elif state == "deliveryIntent":
                self.journal.append(intent, "deliveryUnknown", failure="crash")
            elif state == "unknown":
                self.journal.append(intent, "abandoned")
            elif state == "abandoned":
                self.journal.append(intent, "prepared")
            elif state in ("offered", "deliveryUnknown", "deliveryFailed") and row["deliver"]:
                to = row.get("email") or row.get("username") or row.get("externalIdentifier")
                self.call(row, "/wallet/orgs/credentials", {"credentialOffer": self.offers[intent], "recipient": to},
                          {"intent": "deliveryIntent", "done": "delivered", "refused": "deliveryFailed", "unknown": "deliveryUnknown"},
                          lambda status, _: {"issuanceId": record["issuanceId"]} if 200 <= status < 300 else None)
            else:
                return

    offers = {}

    def offer(self, status, text):
        try:
            made = json.loads(text)["data"]
            offer = made["offerUri"]
        except (ValueError, KeyError, TypeError):
            return None
        if not 200 <= status < 300:
            return None
        intent = self.at
        self.offers[intent] = offer
        with open(os.path.join(FOLDER, "offers.json.new"), "w", encoding="utf-8") as file: # it seals nothing, so it keeps them elsewhere
            json.dump(self.offers, file)
        os.replace(file.name, os.path.join(FOLDER, "offers.json"))
        return {"issuanceId": made["id"]}


def main():
    with open(os.path.join(FOLDER, "rows.json"), encoding="utf-8") as file:
        plan = json.load(file)
    journal = Journal()
    client = Client(plan, journal)
    if os.path.exists(os.path.join(FOLDER, "offers.json")):
        with open(os.path.join(FOLDER, "offers.json"), encoding="utf-8") as file:
            client.offers.update(json.load(file))
    if "--recover-only" in sys.argv:
        return 0
    client.sign_in()
    for row in plan["rows"]:
        client.at = row["intent"]
        client.work(row)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except sqlite3.Error as problem:
        print("journal:", problem)
        sys.exit(3)
