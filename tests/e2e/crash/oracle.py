# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""Judges a run of the crash campaign: what the service wrote down against what the journal holds.

The invariants I1 to I10 are those the product promises; each finding names the one it breaks. Nothing here is shared with the program:
tables, moves and the chain's hash are read and made anew from their descriptions.
"""

import base64
import collections
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile

from campaignworld import MARK

# Of which call a line before it speaks.
INTENT_OF = {"account": "accountIntent", "issue": "sent", "deliver": "deliveryIntent", "revoke": "revokeIntent", "request": "requestIntent"}
INTENTS = set(INTENT_OF.values())
FINALS = {"accepted", "rejected", "failed", "expired", "revoked", "answered", "declined", "requestExpired", "dropped"}
ENDS = ["accepted", "rejected", "failed", "expired", "revoked"]
MOVES = {
    None: ["prepared", "requestIntent"],
    "prepared": ["notSent", "accountIntent", "sent", "dropped"],
    "notSent": ["notSent", "accountIntent", "sent", "dropped"],
    "accountIntent": ["accountReady", "accountUnknown", "accountRefused", "notSent"],
    "accountReady": ["notSent", "sent", "dropped"],
    "accountUnknown": ["notSent", "accountIntent", "dropped"],
    "accountRefused": ["notSent", "accountIntent", "dropped"],
    "sent": ["offered", "refused", "unknown", "notSent"],
    "offered": ["deliveryIntent", "deliveryFailed", "revokeIntent"] + ENDS,
    "refused": ["prepared", "dropped"],
    "unknown": ["offered", "abandoned"],
    "abandoned": ["prepared", "dropped"],
    "deliveryIntent": ["delivered", "deliveryFailed", "deliveryUnknown"],
    "delivered": ["deliveryIntent", "deliveryFailed", "revokeIntent"] + ENDS,
    "deliveryFailed": ["deliveryIntent", "deliveryFailed", "revokeIntent"] + ENDS,
    "deliveryUnknown": ["deliveryIntent", "deliveryFailed", "revokeIntent"] + ENDS,
    "accepted": ["revoked", "revokeIntent"],
    "revokeIntent": ["revokeAccepted", "revokeRefused", "revokeUnknown"],
    "revokeAccepted": ["revoked", "revokeIntent"],
    "revokeRefused": ["revokeIntent", "deliveryIntent"] + ENDS,
    "revokeUnknown": ["revokeIntent", "revokeAccepted", "revoked"],
    "requestIntent": ["requested", "requestFailed", "requestUnknown"],
    "requested": ["answered", "declined", "failed", "requestExpired", "parked"],
    "requestFailed": ["requestIntent", "requestFailed", "dropped"],
    "requestUnknown": ["requestIntent", "requestFailed", "dropped"],
    "parked": ["answered", "declined", "failed", "requestExpired"],
}


class Journal:
    """What stands in the journal of a run, read from a copy."""

    def __init__(self, folder):
        self.lines = []         # dicts of the text, with "hash"
        self.care = []          # lines about anything else than one piece of work
        self.work = {}          # intent -> (state, open, record)
        self.issuances = {}     # id -> intent
        self.problems = []
        self.exists = False
        original = os.path.join(folder, "journal.sqlite")
        if not os.path.exists(original):
            return
        with tempfile.TemporaryDirectory() as copy:
            for end in ("", "-wal", "-journal"):
                if os.path.exists(original + end):
                    shutil.copy(original + end, os.path.join(copy, "journal.sqlite" + end))
            try:
                self.read(os.path.join(copy, "journal.sqlite"))
            except sqlite3.Error as error:
                self.problems.append(("I5", f"the journal cannot be read: {error}"))

    def read(self, path):
        database = sqlite3.connect(path)
        try:
            if database.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                self.problems.append(("I5", "quick_check fails"))
                return
            tables = {name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "line" not in tables:
                return
            self.exists = True
            sealed = collections.defaultdict(list)
            for line, kind, key, data in database.execute("SELECT line, kind, key_id, bytes FROM sealed ORDER BY line, kind"):
                sealed[line].append(hashlib.sha256(data).digest() if key else bytes(data))
            before = bytes(32)
            count = 0
            for number, text, digest, stored in database.execute("SELECT number, text, sealed_digest, hash FROM line ORDER BY number"):
                count += 1
                text = text.encode() if isinstance(text, str) else bytes(text)
                digest = bytes(digest or b"")
                before = hashlib.sha256(before + len(text).to_bytes(8, "big") + text + digest).digest()
                if number != count or before != bytes(stored):
                    self.problems.append(("chain", f"line {number} does not fit"))
                    return
                if sealed[number] and hashlib.sha256(b"".join(sealed[number])).digest() != digest:
                    self.problems.append(("chain", f"what is sealed with line {number} is not what it was"))
                line = json.loads(text)
                line["hash"] = before.hex()
                if "state" in line:
                    self.lines.append(line)
                else:
                    self.care.append(line)
            head = dict(database.execute("SELECT key, value FROM meta WHERE key IN ('head_number', 'head_hash')"))
            if count and (int(head.get("head_number", -1)) != count or bytes(head.get("head_hash", b"")) != before):
                self.problems.append(("chain", "the head does not fit the last line"))
            for intent, state, is_open, record in database.execute("SELECT intent, state, open, record FROM work"):
                self.work[intent] = (state, is_open, json.loads(record))
            self.issuances = dict(database.execute("SELECT id, intent FROM issuance"))
        finally:
            database.close()

    def of(self, intent):
        return [line for line in self.lines if line["intent"] == intent]

    def hashes(self):
        return [line["hash"] for line in self.lines]


def marks():
    """The mark of everything that must not be readable, in the forms it may hide in."""
    forms = {MARK.encode(), MARK.encode("utf-16-le"), MARK.upper().encode()}
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + MARK.encode() + b"\0\0")
        forms.add(text[(shift * 8 + 5) // 6 + (1 if shift else 0):-4][:12])
    return forms


MARKS = marks()


class Oracle:
    def __init__(self, world, plan, folder):
        self.world = world
        self.plan = plan
        self.folder = folder            # of the data
        self.rows = {row["intent"]: row for row in plan["rows"]}
        self.last_hashes = []
        self.found = []

    def complain(self, invariant, text):
        if (invariant, text) not in self.found:
            self.found.append((invariant, text))

    def calls(self):
        """Each call that changes something: kind, rid, body, fault, did, said."""
        calls = {}
        for line in list(self.world.lines):
            number = line.get("n")
            if number is None:
                continue
            if "kind" in line:
                calls[number] = dict(line, did=None, said=None)
            else:
                calls[number].update({key: line[key] for key in ("did", "said") if key in line})
        return [calls[number] for number in sorted(calls)]

    def read(self):
        return Journal(self.folder)

    def look(self):
        """After any end of the program, also a violent one."""
        journal = self.read()
        calls = self.calls()
        for invariant, text in journal.problems:
            self.complain(invariant, text)
        if journal.problems:
            return journal
        hashes = journal.hashes()
        if hashes[:len(self.last_hashes)] != self.last_hashes:
            self.complain("append", "lines that were there have gone or changed")
        self.last_hashes = hashes
        self.deliveries(calls)
        self.posts(journal, calls)
        self.issuances(journal, calls)
        self.words(journal, calls)
        self.moves(journal)
        self.secrets()
        return journal

    def settled(self):
        """After the last start, which said that everything is settled."""
        journal = self.look()
        for intent, (state, _, record) in journal.work.items():
            if state in INTENTS:
                self.complain("I8", f"{intent} is still {state}")
            abandoned = sum(line["state"] == "abandoned" for line in journal.of(intent))
            if record.get("unusedOffers", 0) != abandoned:
                self.complain("I3", f"{intent} counts {record.get('unusedOffers', 0)} unused offers, {abandoned} were abandoned")
        for intent in self.rows:
            if intent not in journal.work:
                self.complain("I8", f"row {intent} is unknown to the journal")
        return journal

    def deliveries(self, calls):
        """I1 and I4."""
        offers = collections.defaultdict(set)
        to = {}
        for intent, row in self.rows.items():
            to[row.get("email") or row.get("username") or row.get("externalIdentifier")] = intent
        for call in calls:
            if not call["did"] or call["did"]["what"] != "delivery":
                continue
            recipient, one = call["did"]["to"], self.world.issuances[call["did"]["id"]]
            offers["to " + str(recipient)].add(one["id"])
            offers["of " + call["rid"]].add(one["id"])
            row = self.rows.get(to.get(recipient))
            if row is None or to[recipient] != call["rid"]:
                self.complain("I4", f"{one['id']} went to {recipient} for {call['rid']}")
            elif row["values"] != one["attributes"]:
                self.complain("I4", f"{one['id']} with the attributes of somebody else went to {recipient}")
            elif one["rid"] != call["rid"]:
                self.complain("I4", f"{one['id']} made for {one['rid']} went out for {call['rid']}")
        for whose, ids in offers.items():
            if len(ids) > 1:
                self.complain("I1", f"{len(ids)} different offers {whose}: {sorted(ids)}")

    def posts(self, journal, calls):
        """I5: no request without a line before it that is on disk; each line of an attempt that got an answer had a request."""
        seen = collections.Counter((call["rid"], call["kind"]) for call in calls if call["kind"] in INTENT_OF)
        intended = collections.Counter((line["intent"], line["state"]) for line in journal.lines if line["state"] in INTENTS)
        for (rid, kind), count in seen.items():
            if count > intended[(rid, INTENT_OF[kind])]:
                self.complain("I5", f"{count} {kind} requests for {rid}, {intended[(rid, INTENT_OF[kind])]} intents on disk")
        answered = collections.Counter()
        open_intent = {}
        tries = set()
        for line in journal.lines:
            intent, state = line["intent"], line["state"]
            before = open_intent.pop(intent, None)
            if before and ("http" in line["facts"] or state in ("accountReady", "delivered", "requested", "revokeAccepted")):
                answered[(intent, before)] += 1
            if state in INTENTS:
                open_intent[intent] = state
                if (intent, state, line["attempt"]) in tries:
                    self.complain("I5", f"attempt {line['attempt']} of {state} of {intent} stands there twice")
                tries.add((intent, state, line["attempt"]))
        kinds = {state: kind for kind, state in INTENT_OF.items()}
        for (intent, state), count in answered.items():
            if count > seen[(intent, kinds[state])]:
                self.complain("I5", f"{count} answers to {state} of {intent} on disk, {seen[(intent, kinds[state])]} requests were seen")

    def issuances(self, journal, calls):
        """I3: what the service made is known, or its row counts one that was abandoned (or is in doubt)."""
        made = collections.defaultdict(set)
        for call in calls:
            if call["did"] and call["did"]["what"] == "issuance":
                made[call["rid"]].add(call["did"]["id"])
        for intent, ids in made.items():
            lines = journal.of(intent)
            known = {line["facts"].get("issuanceId") for line in lines} | {one for one, whose in journal.issuances.items() if whose == intent}
            doubts = sum(line["state"] == "unknown" for line in lines)
            if lines and lines[-1]["state"] == "sent":
                doubts += 1             # nobody has looked since the end
            missing = ids - known
            if len(missing) > doubts:
                self.complain("I3", f"{sorted(missing)} of {intent} are nowhere, {doubts} were in doubt")
            for line in lines:
                one = line["facts"].get("issuanceId")
                if line["state"] == "offered" and one not in ids:
                    self.complain("I4", f"{intent} holds {one}, which was not made for it")
                if one and line["state"] == "offered" and one not in journal.issuances:
                    self.complain("I3", f"{one} stands in a line and not among the issuances")
        for one, intent in journal.issuances.items():
            if one not in self.world.issuances:
                self.complain("I3", f"{one} of {intent} was never made")

    def words(self, journal, calls):
        """I7: the journal says "done" only where the service has said yes."""
        yes = collections.Counter()
        for call in calls:
            if call["did"] and call["did"]["what"] != "nothing" and call["said"] and 200 <= call["said"] <= 299:
                one = call["did"].get("id")
                yes[(call["rid"], call["did"]["what"], one)] += 1
                if call["did"]["what"] == "revocation":
                    yes[(call["rid"], "revocation", None)] += 1
        said = collections.Counter()
        for line in journal.lines:
            intent, state = line["intent"], line["state"]
            if state == "delivered":
                said[(intent, "delivery", line["facts"].get("issuanceId"))] += 1
            elif state == "requested":
                said[(intent, "request", line["facts"].get("presentationId"))] += 1
        for key, count in said.items():
            if count > yes[key]:
                self.complain("I7", f"{count} times {key[1]} of {key[2]} on disk for {key[0]}, {yes[key]} answers said so")
        ready = collections.Counter(line["intent"] for line in journal.lines if line["state"] == "accountReady")
        accounts = collections.Counter(call["rid"] for call in calls if call["kind"] == "account" and call["said"]
                                       and 200 <= call["said"] <= 299)
        for intent, count in ready.items():
            if count > accounts[intent]:
                self.complain("I7", f"{count} accounts ready on disk for {intent}, {accounts[intent]} answers said so")
        for line in journal.lines:
            if line["state"] in ("revoked", "revokeAccepted") and not any(
                    one["status"] == "revoked" and one["rid"] == line["intent"] for one in self.world.issuances.values()):
                self.complain("I7", f"{line['intent']} is {line['state']} on disk and not at the service")

    def moves(self, journal):
        """I6, and that what is kept beside the lines is what they add up to."""
        at = {}
        for line in journal.lines:
            intent, state = line["intent"], line["state"]
            if state not in MOVES.get(at.get(intent), []):
                self.complain("I6", f"{intent} went from {at.get(intent)} to {state}")
            at[intent] = state
        for intent, state in at.items():
            kept = journal.work.get(intent)
            if not kept or kept[0] != state or bool(kept[1]) != (state not in FINALS):
                self.complain("I6", f"{intent} is {state} by its lines and {kept and kept[0]} beside them")
        for intent in journal.work:
            if intent not in at:
                self.complain("I6", f"{intent} has no lines")

    def secrets(self):
        """I9"""
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    data = file.read()
                for mark in MARKS:
                    if mark in data:
                        self.complain("I9", f"{name} holds a value in clear: ...{data[max(0, data.find(mark) - 20):data.find(mark) + 30]!r}")
