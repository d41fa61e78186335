# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""One run of the crash campaign that imports a file of people, releases it as a batch and lets it run, while the program is killed or the
line is cut.
"""

import asyncio
import collections
import csv
import hashlib
import io
import os
import random

import batchoracle
import campaignserver
import crashrun
from crashrun import AT_REST, MARK, NOT_SETTLED, SETTLED

PHASES = ("start", "import", "draft", "release", "run")
HEADERS = ("E-mail", "First name", "Last name", "memberName", "memberNumber", "Shelf")
# How often the operator starts the program again and says "continue" until everybody has an outcome.
MOST_STARTS = 12


def people_of(name, ready, left_out, refused):
    """number -> person, and the rows of the file: some are repaired by the operator, some cannot be issued, some the service refuses."""
    chance = random.Random(f"people/{name}")
    total = ready + left_out
    out = set(chance.sample(range(2, total + 1), left_out))
    people, lines, repairs = {}, [], {}
    others = [number for number in range(1, total + 1) if number not in out]
    refusals = set(chance.sample(others, refused))
    repaired = set(chance.sample(others, min(2, len(others) // 10)))
    for number in range(1, total + 1):
        person = {"email": f"{MARK}.{name}.{number}@example.org", "ready": number not in out, "refused": number in refusals, "only": [],
                  "values": {"memberName": f"{MARK} given {name} {number}", "memberNumber": f"{MARK}-{name}-{number}"}}
        line = [person["email"], f"{MARK} given", f"{name} {number}", person["values"]["memberName"], person["values"]["memberNumber"], f"{MARK} {number}"]
        if number in repaired:
            line[0] = line[0].replace("@", " at ")
            repairs[str(number)] = person["email"]
        if number in out:
            person["only"] = [person["email"], person["values"]["memberNumber"]]
            how = chance.randrange(3)
            if how == 0:
                line[0] = line[0].replace("@", " at ")
            elif how == 1:
                line[3] = ""
            else:                       # somebody a second time, and only that
                line = list(lines[0])
        people[number] = person
        lines.append(line)
    return people, lines, repairs


class BatchRun(crashrun.Run):
    phase = PHASES[0]
    last_word = ""

    def work(self):
        batch = self.spec["batch"]
        self.people, lines, repairs = people_of(self.name, batch["ready"], batch["left_out"], batch["refused"])
        for number, person in self.people.items():
            if person["refused"]:
                self.world.refused.add(person["email"] if number % 2 else person["values"]["memberNumber"])
        text = io.StringIO()
        csv.writer(text).writerows([HEADERS] + lines)
        data = text.getvalue().encode()
        self.digest = hashlib.sha256(data).hexdigest()
        file = os.path.join(self.folder, "people.csv")
        with open(file, "wb") as made:
            made.write(data)
        return {"rows": [], "batchFile": file, "repairs": repairs, "presses": batch["presses"], "retries": batch["retries"]}

    def judge(self):
        return batchoracle.BatchOracle(self.world, self.plan, self.data, self.people, self.digest, self.spec["batch"]["strict"])

    async def start(self, *given, **more):
        self.phase, self.phases = PHASES[0], asyncio.Condition()
        return await super().start(*given, **more)

    def heard(self, line):
        words = line.split()
        if words[:1] == ["phase"]:
            self.phase = words[1]
            asyncio.ensure_future(self.tell_phase())
        elif words[:2] == ["state", "waiting"]:
            self.counts["waits"] += 1
        elif words[:2] == ["state", "halted"]:
            self.counts["halts"] += 1
        elif words[:1] in (["pressed"], ["retried"]):
            self.counts[words[0]] += 1
        elif words[:1] == ["end"]:
            self.last_word = line

    async def tell_phase(self):
        async with self.phases:
            self.phases.notify_all()

    async def moment(self, fault):
        """In a phase or, when that is over, in the next one; while it runs, when so many more requests have come."""
        wanted = PHASES.index(fault["phase"])
        async with self.phases:
            await self.phases.wait_for(lambda: PHASES.index(self.phase) >= wanted)
        if self.phase == "run" and fault.get("requests"):
            come = asyncio.get_running_loop().create_future()
            self.world.moments[self.world.requests + fault["requests"]].append(lambda: come.done() or come.set_result(True))
            await come
        await asyncio.sleep(fault["after"])

    def killed(self):
        self.counts[f"kills in {self.phase}"] += 1

    async def go(self):
        if not self.spec["cuts"]:
            return await super().go()
        self.server = campaignserver.Server()   # its own, that can go away
        await self.server.start()
        try:
            return await super().go()
        finally:
            self.server.stop()

    async def cut(self, one):
        await asyncio.sleep(one["after"])
        self.counts["cuts"] += 1
        self.counts["cut in the middle of a call"] += any(connection.busy for connection in self.server.connections)
        if one["away"]:
            self.counts["away"] += 1
            await self.server.refuse(one["away"])
        else:
            self.server.cut()

    async def steps(self):
        for one in self.spec["cuts"]:
            self.world.moments[one["at"]].append(lambda one=one: asyncio.ensure_future(self.cut(one)))
        code = None
        for fault in self.spec["kills"]:
            posts = len(self.oracle.calls())
            code, fired = await self.start(fault)
            batches = self.oracle.look().batches
            self.counts["half imports seen"] += any(not batch.is_whole for batch in batches)
            self.counts["drafts seen"] += any(batch.is_whole and not batch.is_released for batch in batches)
            if fault["mode"] == "errno":
                self.judge_errno(code, fired, posts)
                code = None             # what the last line should have said may be missing
            elif code == SETTLED:
                break
            elif code is not None and code > 0 and code != AT_REST:
                self.oracle.complain("exit", f"the program ended with {code}")
        for _ in range(MOST_STARTS):
            if code == SETTLED or self.oracle.found:
                break
            code, _ = await self.start(stops=self.spec["stops"])
            self.counts["rests"] += code == AT_REST
            await asyncio.sleep(0.05)
            self.oracle.at_rest("halted" in self.last_word)
        if code != SETTLED and not self.oracle.found:
            self.oracle.complain("exit", f"the last start ended with {code}")
        await asyncio.sleep(0.05)
        journal = self.oracle.settled()
        self.look_at_campaign()
        if self.spec["idempotent"]:
            await self.check_idempotent(journal)
        if self.spec["batch"]["strict"]:
            await self.check_finished()
        self.count(journal)

    def judge_errno(self, code, fired, before):
        """The file may not have been taken, or not released: then there is an end to it that says so, and the next start goes on."""
        if code in (NOT_SETTLED, AT_REST) and "in time" not in self.last_word:
            self.counts["failures"] += bool(fired)
        else:
            super().judge_errno(code, fired, before)

    def look_at_campaign(self):
        """That it shows what it says it does."""
        if self.oracle.found:
            return
        wanted = sum(fault["mode"] == "outside" for fault in self.spec["kills"])
        if wanted > self.counts["kills"] and self.spec["batch"]["strict"]:
            self.oracle.complain("campaign", f"{self.counts['kills']} kills of {wanted} came before the end")
        if self.counts["cuts"] != len(self.spec["cuts"]):
            self.oracle.complain("campaign", f"{self.counts['cuts']} cuts of {len(self.spec['cuts'])} came")
        if self.counts["away"] and not self.counts["waits"] and not wanted:
            self.oracle.complain("campaign", "the line was away, and the run never waited for it")

    async def check_finished(self):
        """Saying "continue" to a finished batch sends nothing."""
        posts = len(self.oracle.calls())
        code, _ = await self.start()
        self.oracle.look()
        if code != SETTLED or len(self.oracle.calls()) != posts:
            self.oracle.complain("I10", f"continuing a finished batch ended with {code} and sent {len(self.oracle.calls()) - posts} requests")

    def count(self, journal):
        states = collections.Counter(line["state"] for line in journal.lines)
        self.counts["rows"] = len(self.oracle.released)
        self.counts["offers"] = len(self.world.issuances)
        self.counts["delivered"] = sum(one["delivered"] > 0 for one in self.world.issuances.values())
        self.counts["delivered again"] = sum(max(0, one["delivered"] - 1) for one in self.world.issuances.values())
        self.counts["in doubt"] = states["accountUnknown"] + states["unknown"] + states["deliveryUnknown"]
        self.counts["adopted"] = sum(pair == ("unknown", "offered") for intent in self.oracle.rows
                                     for pair in zip(*[[line["state"] for line in journal.of(intent)][at:] for at in (0, 1)]))
        self.counts["abandoned"] = states["abandoned"]
        self.counts["left with a reason"] = sum(journal.work[intent][0] in batchoracle.REASONS for intent in self.oracle.rows
                                                if intent in journal.work)
        calls = collections.Counter((call["rid"], call["kind"]) for call in self.oracle.calls())
        self.counts["sent again"] = sum(number - 1 for number in calls.values())
        self.counts["to be refused"] = sum(person["refused"] for person in self.people.values())


def run_of(one, server, options):
    return (BatchRun if one["batch"] else crashrun.Run)(one, server, options)
