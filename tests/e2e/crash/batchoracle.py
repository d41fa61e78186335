# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""Judges a run of the crash campaign that issues a batch, over and above what holds for every piece of work.

B1  Before the release a batch is there whole, with every row of its file, or it is not there; there is one.
B2  The release is there as a whole or not at all: its phase, its line under the chain, one intent for each row that was ready. Nothing
    of it changes afterwards.
B3  Nobody is worked on who was not released, and nothing is sent before the release is on disk.
B4  When the program says that nobody is worked on, every person has exactly one delivered offer, or the journal says why not; only where
    it has halted and said so, or its batch is open and a call was not made, some may be waiting. What the head of the batch remembers is
    what the journal adds up to.
B5  Where the service has failed nobody for long, at the end only those have none whom it has refused.
"""

import collections
import json
import sqlite3

import oracle

# Where a piece of work may rest without a delivered offer; each of them has a reason with it.
REASONS = {"accountRefused", "refused", "notSent", "accountUnknown", "unknown", "deliveryFailed", "deliveryUnknown"}
REFUSALS = {"accountRefused", "refused"}


class Batch:
    """A batch as it stands in the journal's file."""

    def __init__(self, head, rows):
        self.head = head
        self.rows = rows                # (number, intent, whether there is anything in it)
        self.intents = {number: intent for number, intent, _ in rows if intent}
        self.is_whole = bool(head.get("fileHash"))
        self.is_released = head["phase"] in ("released", "finished")


class BatchJournal(oracle.Journal):
    def __init__(self, folder):
        self.batches = []
        super().__init__(folder)

    def read(self, path):
        super().read(path)
        if not self.exists or self.problems:
            return
        database = sqlite3.connect(path)
        try:
            for ordinal, head in database.execute("SELECT ordinal, head FROM batch ORDER BY ordinal").fetchall():
                rows = database.execute("SELECT number, intent, bytes IS NOT NULL FROM batch_row WHERE batch = ? ORDER BY number", (ordinal,))
                self.batches.append(Batch(json.loads(head), rows.fetchall()))
            strays = database.execute("SELECT count(*) FROM batch_row WHERE batch NOT IN (SELECT ordinal FROM batch)").fetchone()[0]
            if strays:
                self.problems.append(("B1", f"{strays} rows belong to no batch"))
        finally:
            database.close()

    def releases(self, batch):
        return [line["facts"] for line in self.care
                if line.get("what") == "batch" and line["facts"]["batch"] == batch and line["facts"]["phase"] == "released"]


class BatchOracle(oracle.Oracle):
    """The rows of the plan have no intents; they get theirs from the release."""

    def __init__(self, world, plan, folder, people, digest, strict):
        super().__init__(world, plan, folder)
        self.people = people            # number -> person; "ready" says whether it is to be released
        self.digest = digest            # of the file
        self.strict = strict            # B5 holds
        self.ready = {number for number, person in people.items() if person["ready"]}
        self.whole = None               # id of the batch, once it was there
        self.released = {}              # number -> intent, once it was released

    def read(self):
        journal = BatchJournal(self.folder)
        self.rows = {intent: self.people[number] for batch in journal.batches for number, intent in batch.intents.items()
                     if number in self.people}
        return journal

    def look(self):
        journal = super().look()
        if journal.exists and not journal.problems:
            self.drafts(journal)
            self.releases(journal)
            self.nobody_else(journal)
        return journal

    def drafts(self, journal):
        """B1"""
        whole = [batch for batch in journal.batches if batch.is_whole]
        if len(whole) > 1:
            self.complain("B1", f"the file was imported {len(whole)} times")
        if self.whole and self.whole not in [batch.head["id"] for batch in whole]:
            self.complain("B1", "the batch has gone")
        for batch in whole:
            self.whole = batch.head["id"]
            numbers = [number for number, _, is_full in batch.rows if is_full]
            if numbers != sorted(self.people) or batch.head["rows"] != len(self.people):
                self.complain("B1", f"{len(numbers)} rows of {len(self.people)} are there, the head counts {batch.head['rows']}")
            if batch.head["fileHash"] != self.digest:
                self.complain("B1", "the fingerprint is not that of the file")
        for batch in journal.batches:
            if not batch.is_whole and (batch.intents or batch.is_released):
                self.complain("B1", "half an import was released")

    def releases(self, journal):
        """B2"""
        for batch in journal.batches:
            said = journal.releases(batch.head["id"])
            if not batch.is_released:
                if said or batch.intents:
                    self.complain("B2", f"not released, with {len(batch.intents)} intents and {len(said)} lines that say so")
                continue
            if set(batch.intents) != self.ready:
                self.complain("B2", f"{len(batch.intents)} rows were released, {len(self.ready)} were ready")
            if batch.head["toIssue"] != len(batch.intents) or [facts["toIssue"] for facts in said][:1] != [len(batch.intents)]:
                self.complain("B2", f"{len(batch.intents)} rows were released, the head says {batch.head['toIssue']} and the chain {said}")
            if len(set(batch.intents.values())) != len(batch.intents):
                self.complain("B2", "two rows have one intent")
            if self.released and batch.intents != self.released:
                self.complain("B2", "the released rows have other intents than before")
            self.released = batch.intents
        if self.released and not any(batch.is_released for batch in journal.batches):
            self.complain("B2", "the release has gone")

    def nobody_else(self, journal):
        """B3"""
        released = set(self.released.values())
        for call in self.calls():
            if call["rid"] not in released:
                self.complain("B3", f"a {call['kind']} request for {call['rid']}, whose release is not on disk")
        for intent in journal.work:
            if intent not in released:
                self.complain("B3", f"there is work {intent} that was not released")
        unready = {value for person in self.people.values() if not person["ready"] for value in person["only"]}
        for call in self.calls():
            known = {call["body"].get("email"), call["body"].get("recipient"), call["body"].get("attributes", {}).get("memberNumber")}
            if known & unready:
                self.complain("B3", f"a {call['kind']} request for {sorted(known & unready)}, who was left out")

    def delivered(self):
        """intent -> the offers that reached its person"""
        offers = collections.defaultdict(set)
        for one in self.world.issuances.values():
            if one["delivered"]:
                offers[one["rid"]].add(one["id"])
        return offers

    def at_rest(self, halted):
        """B4, after a start at whose end nobody was worked on."""
        journal = self.look()
        offers = self.delivered()
        # A token refused between the offer and its delivery leaves no line: the offer stands, and the batch is still open for it.
        goes_on = not self.strict and all(batch.head["phase"] == "released" for batch in journal.batches)
        for number, intent in self.released.items():
            state, _, record = journal.work.get(intent, (None, None, {}))
            reached = len(offers[intent])
            if reached > 1:
                self.complain("B4", f"row {number} has {reached} delivered offers")
            if state == "delivered":
                if reached != 1:
                    self.complain("B4", f"row {number} is delivered by the journal, and {reached} offers reached the person")
            elif state in REASONS:
                if not record.get("failure"):
                    self.complain("B4", f"row {number} rests as {state} without a failure")
            elif not (halted or goes_on):
                self.complain("B4", f"row {number} rests as {state}, which is no reason")
        return journal

    def settled(self):
        """After the last start, which said that the batch is finished."""
        journal = super().settled()
        self.at_rest(False)
        if set(self.released) != self.ready:
            self.complain("B2", f"{len(self.released)} people were released, {len(self.ready)} were to be")
        states = collections.Counter(journal.work.get(intent, (None,))[0] for intent in self.released.values())
        delivered = states.pop("delivered", 0)
        for batch in journal.batches:
            head = batch.head
            if (head["phase"], head["delivered"], head["failed"], head["doubtful"]) != ("finished", delivered, sum(states.values()), 0):
                self.complain("B4", f"the head says {head['phase']}, {head['delivered']} delivered, {head['failed']} failed, "
                                    f"{head['doubtful']} in doubt; the journal {delivered} delivered, {dict(states)}")
        if self.strict:
            self.everybody_but_the_refused(journal)
        return journal

    def everybody_but_the_refused(self, journal):
        """B5"""
        offers = self.delivered()
        for number, intent in self.released.items():
            state = journal.work.get(intent, (None,))[0]
            person = self.people[number]
            if person["refused"] and (state not in REFUSALS or offers[intent]):
                self.complain("B5", f"row {number} was refused and ended as {state}")
            if not person["refused"] and (state != "delivered" or len(offers[intent]) != 1):
                self.complain("B5", f"row {number} ended as {state} with {len(offers[intent])} delivered offers, and nobody had refused it")
