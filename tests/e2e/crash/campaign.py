# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""The crash campaign: runs the program's core against a faulty service, kills it in every way it can end, starts it again, and lets the
oracle judge. See --help; a run that failed is repeated with --tier TIER --only SEED, and what it left behind is kept.
"""

import argparse
import asyncio
import collections
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import campaignserver  # noqa: E402
import oracle  # noqa: E402

MARK = campaignserver.MARK
SPEED = 25
SETTLED, BAD_PLAN, JOURNAL_STOPPED, NOT_SETTLED = 0, 2, 3, 4
ERRNOS = {"EIO": 5, "ENOSPC": 28, "EROFS": 30}
# What the oracle can find, apart from runs that only did not end well.
INVARIANTS = {"I1", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "chain", "append", "errno"}
# Faults that only a hanging client ends cost its whole deadline, so they come less often.
COSTLY = ("hang_after", "late")


def row_of(seed, number, chance, twins):
    # Only an offer that names its person can be proved to be theirs.
    first, last = (f"{MARK} twin", f"{seed} {number // 2}") if twins else (f"{MARK} given", f"{seed} {number}")
    values = {"memberName": f"{first} {last}", "memberNumber": f"{MARK}-{seed}-{number if not twins else number // 2}"}
    row = {"intent": str(uuid.uuid5(uuid.NAMESPACE_URL, f"campaign/{seed}/{number}")), "firstName": first, "lastName": last,
           "values": values, "deliver": chance.random() >= 0.1}
    how = chance.randrange(10)
    if how < 7:
        row["email"] = f"{MARK}.{seed}.{number}@example.org"
    elif how < 9:
        row["username"] = f"{MARK}-{seed}-{number}"
    else:
        row["externalIdentifier"] = f"{MARK}-own-{seed}-{number}"
    return row


def signal_to(process, number):
    """False when it has just ended by itself."""
    try:
        process.send_signal(number)
    except ProcessLookupError:
        return False
    return True


def spec(tier, seed, **changes):
    """One run: what is issued, how the service fails, how the program ends."""
    one = {"tier": tier, "seed": seed, "rows": 3, "width": 1, "permille": 0, "faults": list(campaignserver.WRITE_FAULTS), "echo": False,
           "twins": False, "accept": 0, "foreign": 0, "revoke": 0, "checks": 0, "await": False, "kills": [], "stops": 0, "idempotent": True, "warm": False, "first": []}
    one.update(changes)
    return one


def random_spec(tier, seed, *, modes=("kill", "torn", "after"), permille=None):
    chance = random.Random(f"{tier}/{seed}")
    rows = min(chance.randint(3, 40), chance.randint(3, 40))
    faults = [fault for fault in campaignserver.WRITE_FAULTS if fault not in COSTLY or chance.random() < 0.25]
    kills = [{"mode": chance.choice(modes), "at": max(1, int(chance.expovariate(1 / (rows * 20.0)))), "lose": chance.choice(("all", "half", "sectors"))}
             for _ in range(chance.randint(1, 4))]
    if len(kills) > 1 and chance.random() < 0.2:        # dies while it recovers
        kills[1]["at"] = chance.randint(1, 40)
    if "kill" in modes and chance.random() < 0.2:       # from outside, at any moment
        kills[0] = {"mode": "outside", "after": chance.uniform(0.02, 0.6)}
    return spec(tier, seed, rows=rows, width=chance.randint(1, 6), permille=chance.choice((0, 50, 150, 300)) if permille is None else permille,
                faults=faults, echo=chance.random() < 0.5, twins=chance.random() < 0.2, accept=chance.choice((0, 0, 1, 3)),
                foreign=chance.choice((0, 0, 3)), revoke=chance.choice((0, 0, 0, 1, 2)), checks=chance.choice((0, 0, 1, 2)),
                **{"await": chance.random() < 0.1}, kills=kills)


def measure_start(options, rows):
    """How long a start takes with a journal of so many rows. Told, not judged, but for a bound that no good machine comes near."""
    async def go():
        server = campaignserver.Server()
        await server.start()
        run = Run(spec("many", rows, rows=1), server, options)
        run.prepare()
        begun = time.monotonic()
        code, _ = await run.start(None, "--fill", str(rows))
        print(f"filled {rows} rows in {time.monotonic() - begun:.1f} s, {os.path.getsize(os.path.join(run.data, 'journal.sqlite')) >> 20} MiB")
        if code != SETTLED:
            return False
        words = []
        await run.start({"mode": "kill", "at": 20}, "--recover-only")   # leaves everything to the next start, and an unclean end
        for _ in range(3):
            begun = time.monotonic()
            code, _ = await run.start(None, "--recover-only")
            words.append(f"{time.monotonic() - begun:.2f} s")
        with open(os.path.join(run.folder, "output"), encoding="utf-8") as file:
            print("".join(line for line in file if line.startswith("recovered")), end="")
        print("whole starts, from the command to its end:", ", ".join(words))
        journal = oracle.Journal(run.data)
        doubtful = sum(state == "unknown" for state, _, _ in journal.work.values())
        server.stop()
        good = code == SETTLED and not journal.problems and doubtful == 3 and len(journal.work) == rows
        if not good:
            print(f"exit {code}, {journal.problems}, {doubtful} in doubt, {len(journal.work)} rows")
        elif not options["keep"]:
            shutil.rmtree(run.folder, ignore_errors=True)
        return good and time.monotonic() - begun < 30
    return asyncio.run(go())


class Run:
    """One run in a folder of its own, against a server in this process."""

    def __init__(self, one, server, options):
        self.spec = one
        self.server = server
        self.options = options
        self.name = f"{one['tier']}-{one['seed']}"
        self.folder = os.path.join(options["work"], self.name)
        self.counts = collections.Counter(runs=1)
        self.notes = []

    def prepare(self):
        one = self.spec
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder, mode=0o700)
        self.world = campaignserver.World(
            self.name, self.folder, self.name, permille=one["permille"], faults=one["faults"], echo=one["echo"], accept=one["accept"],
            foreign=one["foreign"])
        self.server.worlds[self.name] = self.world
        chance = random.Random(f"rows/{self.name}")
        rows = [row_of(self.name, number, chance, one["twins"]) for number in range(one["rows"])]
        for row in rows[:one["revoke"]]:
            row["revoke"] = True
        self.plan = {"base": f"http://127.0.0.1:{self.server.port}/{self.name}", "profile": str(uuid.uuid5(uuid.NAMESPACE_URL, self.name)),
                     "secret": self.world.secret, "template": campaignserver.TEMPLATE, "rows": rows, "checks": one["checks"],
                     "awaitEnd": one["await"] and one["accept"] > 0, "width": one["width"], "tries": 4, "speed": SPEED,
                     "epochMs": int(time.time() * 1000) - 5000, "giveUpMs": self.options["give_up"]}
        self.world.epoch, self.world.speed = self.plan["epochMs"] / 1000, SPEED
        with open(os.path.join(self.folder, "rows.json"), "w", encoding="utf-8") as file:
            json.dump(self.plan, file)
        self.data = os.path.join(self.folder, "data")
        if one["warm"]:                 # not its first start: the journal is there, and empty
            shutil.copytree(os.path.join(self.options["warm"], "data"), self.data)
            shutil.copy(os.path.join(self.options["warm"], "keychain.json"), self.folder)
        self.oracle = oracle.Oracle(self.world, self.plan, self.data)

    async def start(self, fault=None, *more, stops=0):
        """Starts the program once and waits for its end. Gives its exit code (negative: the signal) and whether the fault came."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "LD_", "CRASH_"))}
        environment.update(TZ="UTC", LC_ALL="C.UTF-8", YOID_SOFTASSERT_FATAL="1", HOME=self.folder)
        note = os.path.join(self.folder, "note")
        if os.path.exists(note):
            os.unlink(note)
        outside = fault and fault["mode"] == "outside"
        if fault and not outside:
            environment.update(LD_PRELOAD=self.options["library"], CRASH_DIR=self.data, CRASH_NOTE=note, CRASH_MODE=fault["mode"],
                               CRASH_AT=str(fault["at"]), CRASH_SEED=str(self.spec["seed"]), CRASH_LOSE=fault.get("lose", "all"),
                               CRASH_KIND=fault.get("kind", ""), CRASH_ERRNO=str(ERRNOS.get(fault.get("errno"), 0)),
                               CRASH_STICKY=str(int(fault.get("sticky", False))))
        output = open(os.path.join(self.folder, "output"), "ab")
        output.write(f"--- start {fault or ''} {' '.join(more)}\n".encode())
        output.flush()
        process = await asyncio.create_subprocess_exec(self.options["runner"], self.folder, *more, stdout=output, stderr=output,
                                                       env=environment, cwd=self.folder)
        self.counts["starts"] += 1
        try:
            if outside:
                try:
                    await asyncio.wait_for(process.wait(), fault["after"])
                except asyncio.TimeoutError:
                    if signal_to(process, signal.SIGKILL):
                        self.counts["kills"] += 1
            for _ in range(stops):
                try:
                    await asyncio.wait_for(process.wait(), random.Random(f"stop/{self.name}/{_}").uniform(0.05, 0.5))
                    break
                except asyncio.TimeoutError:
                    if signal_to(process, signal.SIGSTOP):
                        self.counts["stops"] += 1
                        await asyncio.sleep(30 / SPEED * 1.3)   # longer than a call may take
                        signal_to(process, signal.SIGCONT)
            code = await asyncio.wait_for(process.wait(), self.options["give_up"] / 1000 + 30)
        except asyncio.TimeoutError:
            signal_to(process, signal.SIGKILL)
            await process.wait()
            self.oracle.complain("hang", "the program did not end")
            code = None
        output.write(f"--- exit {code}\n".encode())
        output.close()
        fired, self.points, self.kinds = None, 0, ""
        if os.path.exists(note):
            with open(note, encoding="utf-8") as file:
                for line in file:
                    words = line.split()
                    if words[0] == "fired":
                        fired = words[1:]
                    elif words[0] == "points":
                        self.points, self.kinds = int(words[1]), words[2] if len(words) > 2 else ""
        if fired and fault["mode"] != "errno":
            self.counts["kills"] += 1
        elif not fired and code is not None and code < 0 and not outside:
            self.oracle.complain("crash", f"the program died of signal {-code}")
        if fired and fault["mode"] == "power" and random.Random(self.name).random() < 0.5:
            for name in os.listdir(self.data):
                if name.endswith("-shm"):
                    os.unlink(os.path.join(self.data, name))
        return code, fired

    async def go(self):
        self.prepare()
        try:
            await self.steps()
        finally:
            self.world.close()
            del self.server.worlds[self.name]
        self.counts["requests"] = self.world.requests
        self.counts["faults"] += sum(self.world.counts.values())
        self.counts["rows"] = self.spec["rows"]
        found = self.oracle.found
        with open(os.path.join(self.folder, "spec.json"), "w", encoding="utf-8") as file:
            json.dump({"spec": self.spec, "found": found, "notes": self.notes}, file, indent=1)
        if not found and not self.options["keep"]:
            shutil.rmtree(self.folder, ignore_errors=True)
        return {"name": self.name, "spec": self.spec, "found": found, "counts": dict(self.counts), "notes": self.notes}

    async def steps(self):
        code = None
        for fault in self.spec["kills"]:
            posts = len(self.oracle.calls())
            code, fired = await self.start(fault, *self.spec["first"])
            self.oracle.look()
            if fault["mode"] == "errno":
                self.judge_errno(code, fired, posts)
            if code == SETTLED and fault["mode"] != "errno" and not self.spec["first"]:
                break
            if code is not None and code > 0 and not (fault["mode"] == "errno" and code == JOURNAL_STOPPED):
                self.oracle.complain("exit", f"the program ended with {code}")
        if code != SETTLED or self.spec["first"]:
            code, _ = await self.start(stops=self.spec["stops"])
            if code != SETTLED:
                self.oracle.complain("exit", f"the last start ended with {code}")
        await asyncio.sleep(0.05)
        journal = self.oracle.settled()
        if self.spec["idempotent"]:
            await self.check_idempotent(journal)
        states = collections.Counter(state for state, _, _ in journal.work.values())
        self.notes.append(dict(states))
        for intent in self.oracle.rows:
            words = [line["state"] for line in journal.of(intent)]
            self.counts["adopted"] += sum(pair == ("unknown", "offered") for pair in zip(words, words[1:]))
            self.counts["revoked"] += "revoked" in words or "revokeAccepted" in words
        self.counts["verified"] = sum(state == "answered" for state, _, _ in journal.work.values())
        self.counts["abandoned"] = sum(line["state"] == "abandoned" for line in journal.lines)
        self.counts["undelivered"] = sum(1 for state, _, record in journal.work.values()
                                         if record["work"] == "issue" and "delivered" not in record and record.get("deliver", True))

    def judge_errno(self, code, fired, before):
        """Writing has ended: dispatch stops. Requests whose line was on disk before that may still be on their way, one for each lane."""
        if not fired:
            return
        self.counts["failures"] += 1
        at = int(fired[2])
        later = [call for call in self.oracle.calls()[before:] if call["t"] > at]
        if code == JOURNAL_STOPPED:
            self.counts["stopped"] += 1
            if len(later) > self.spec["width"] + self.spec["checks"]:
                self.oracle.complain("errno", f"{len(later)} requests after {fired}")
        elif code != SETTLED:
            self.oracle.complain("errno", f"ended with {code} after {fired}")

    async def check_idempotent(self, journal):
        """I10: looking again finds the same and does nothing."""
        posts, lines = len(self.oracle.calls()), len(journal.lines)
        states = {intent: state for intent, (state, _, _) in journal.work.items()}
        code, _ = await self.start(None, "--recover-only")
        again = self.oracle.look()
        if code != SETTLED:
            self.oracle.complain("I10", f"recovering again ended with {code}")
        if len(self.oracle.calls()) != posts:
            self.oracle.complain("I10", "recovering again sent something")
        if {intent: state for intent, (state, _, _) in again.work.items()} != states or len(again.lines) != lines:
            self.oracle.complain("I10", "recovering again changed something")


async def work_through(specs, following, results, options):
    """One process: a server and a few runs at a time."""
    server = campaignserver.Server()
    await server.start()

    async def lane():
        while True:
            with following.get_lock():
                number = following.value
                following.value += 1
            if number >= len(specs):
                return
            one = specs[number]
            try:
                results.put(await Run(one, server, options).go())
            except Exception as problem:
                results.put({"name": f"{one['tier']}-{one['seed']}", "spec": one, "found": [("campaign", repr(problem))], "counts": {}, "notes": []})

    await asyncio.gather(*(lane() for _ in range(options["lanes"])))
    server.stop()


def worker(specs, following, results, options):
    asyncio.run(work_through(specs, following, results, options))


def run_all(specs, options):
    """All runs over all processes; gives their results as they come."""
    context = multiprocessing.get_context("fork")
    following, results = context.Value("i", 0), context.Queue()
    workers = [context.Process(target=worker, args=(specs, following, results, options)) for _ in range(min(options["jobs"], max(1, len(specs))))]
    for process in workers:
        process.start()
    left = len(specs)
    while left:
        try:
            result = results.get(timeout=5)
        except Exception:
            if not any(process.is_alive() for process in workers):
                raise SystemExit(f"{left} runs were lost with their process")
            continue
        left -= 1
        yield result
    for process in workers:
        process.join()


def try_out(options, one, *more):
    """A run without any fault; gives how many points it has, and of what kinds. The folder stays."""
    async def go():
        server = campaignserver.Server()
        await server.start()
        run = Run(one, server, options)
        run.prepare()
        try:
            code, _ = await run.start(one["kills"][0], *more)
            if not more:
                run.oracle.settled()
            if code != SETTLED or run.oracle.found:
                raise SystemExit(f"a run without any fault fails: exit {code}, {run.oracle.found}\nsee {run.folder}")
            return run.points, run.kinds
        finally:
            server.stop()
    return asyncio.run(go())


def count_points(options, *more, mode="kill", warm=True, **changes):
    """The points of a run of three rows and their kinds; the most of a few tries, as it is not always the same."""
    return max(try_out(options, spec("count", number, warm=warm, kills=[{"mode": mode, "at": 0, **changes}]), *more) for number in range(3))


def prepare_warm(options):
    try_out(options, spec("warm", 0, kills=[{"mode": "kill", "at": 0}]), "--recover-only")
    options["warm"] = os.path.join(options["work"], "warm-0")


def hook_specs(options):
    points, kinds = count_points(options)
    print(f"a run of 3 rows has {points} points", flush=True)
    specs = []
    for at in range(1, points + 1):
        # Dying after a write is dying before the next point; half a write leaves the same in most places.
        kind = kinds[at - 1:at]
        modes = ["kill"] + (["after"] if kind != "w" else []) + (["torn"] if kind == "s" or kind == "w" and at % 4 == 0 else [])
        for mode in ("kill", "torn", "after") if options["every"] else modes:
            seed = f"{at}-{mode}"
            kills = [{"mode": mode, "at": at}]
            if random.Random(seed).random() < 0.2:      # and once more while it recovers
                kills.append({"mode": mode, "at": random.Random(seed).randint(1, 60)})
            specs.append(spec("hooks", seed, kills=kills, warm=True, idempotent=at % 5 == 0))
    return specs


def birth_specs(options):
    """Every point of a program's very first start, while the journal is made; sometimes another one at the second."""
    points, _ = count_points(options, "--recover-only", warm=False)
    print(f"a first start has {points} points", flush=True)
    specs = []
    for at in range(1, points + 1):
        for mode in ("kill", "torn", "after", "power"):
            chance = random.Random(f"birth/{at}-{mode}")
            if not options["every"] and chance.random() > 0.35:
                continue
            kills = [{"mode": mode, "at": at, "lose": chance.choice(("all", "half", "sectors"))}]
            if chance.random() < 0.3:
                kills.append({"mode": mode, "at": chance.randint(1, points), "lose": "all"})
            specs.append(spec("birth", f"{at}-{mode}", rows=1, kills=kills, first=["--recover-only"], idempotent=False))
    return specs


def errno_specs(options):
    specs = []
    for kind in ("open", "write", "sync"):
        points, _ = count_points(options, mode="errno", kind=kind, warm=False)
        print(f"a first run of 3 rows has {points} points of {kind}", flush=True)
        for at in range(1, points + 1):
            name = list(ERRNOS)[at % 3]
            # A failure that goes away again is the more treacherous one; one that stays is every second's share.
            for sticky in (False, True) if options["every"] or kind != "write" else (at % 2 == 0,):
                specs.append(spec("errno", f"{kind}-{at}-{name}-{'for-good' if sticky else 'once'}", width=1 + at % 3, idempotent=False,
                                  kills=[{"mode": "errno", "kind": kind, "at": at, "errno": name, "sticky": sticky}]))
    return specs


def power_spec(seed):
    """Many cuts, each early enough to come; lines that were answered for must be there afterwards."""
    one = random_spec("power", seed, modes=("power",), permille=random.Random(f"power-faults/{seed}").choice((0, 0, 100)))
    one["rows"] = min(one["rows"], 12)
    return one


def stop_spec(seed):
    one = random_spec("stop", seed)
    one.update(kills=[], stops=2, rows=min(one["rows"], 8))
    return one


# For the mutations: what brings each to light.
def resend_spec(seed):
    """Connections that are used again and close as soon as a request has been read."""
    return spec("resend", seed, rows=8, width=2, permille=300, faults=["drop_before", "drop_after", "reset_before", "reset_after", "close_after_answer"])


def early_spec(seed):
    """Dies as soon as a request has gone out."""
    chance = random.Random(f"early/{seed}")
    return spec("early", seed, rows=6, width=3, permille=1000, faults=["slow"],
                kills=[{"mode": "after", "kind": "send", "at": chance.randint(2, 14)} for _ in range(3)])


def status_spec(seed):
    """Answers that are none."""
    return spec("status", seed, rows=8, width=2, permille=400, faults=["redirect", "no_status", "odd_status", "truncated", "error_before"])


def specs_of(tier, options):
    count = options["runs"]
    if tier == "hooks":
        return hook_specs(options)
    if tier == "birth":
        return birth_specs(options)
    if tier == "errno":
        return errno_specs(options)
    make = {"random": lambda seed: random_spec("random", seed), "power": power_spec, "stop": stop_spec, "resend": resend_spec,
            "early": early_spec, "status": status_spec}[tier]
    return [make(seed) for seed in range(options["first"], options["first"] + count)]


TIERS = ("hooks", "birth", "random", "power", "errno", "stop", "resend", "early", "status")


def table(tier, total, seconds):
    words = [f"{total[key]} {key}" for key in ("runs", "starts", "kills", "stops", "failures", "stopped", "faults", "requests", "rows",
                                              "abandoned", "adopted", "revoked", "verified", "undelivered") if total[key]]
    return f"{tier}: {', '.join(words)}, {total['violations']} runs with violations, {seconds:.0f} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runner", required=True)
    parser.add_argument("--library", required=True)
    parser.add_argument("--tier", action="append", choices=TIERS, default=[])
    parser.add_argument("--many", type=int, help="only measure a start with a journal of so many rows")
    parser.add_argument("--runs", type=int, default=300, help="of a tier by chance")
    parser.add_argument("--long", action="store_true", help="10 000 random runs and 1 000 power cuts, for the night")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--only", help="repeat the run with this seed, and keep what it leaves")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--lanes", type=int, default=2, help="runs at a time in each process")
    parser.add_argument("--work", help="folder for what runs leave behind")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--give-up", type=int, default=60_000, help="milliseconds after which a program that has not settled ends")
    parser.add_argument("--expect-violations", action="store_true", help="succeed only if there are some: the program has a flaw")
    parser.add_argument("--sound", help="a runner without the flaw, which must pass the very same runs first")
    given = parser.parse_args()
    # A file system in memory makes a sync cost nothing; what a lost sync does, the library plays.
    place = "/dev/shm" if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK) else None
    work = given.work or tempfile.mkdtemp(prefix="crash-", dir=place)
    os.makedirs(work, exist_ok=True)
    options = {"runner": os.path.abspath(given.runner), "library": os.path.abspath(given.library), "work": os.path.realpath(work), "jobs": given.jobs,
               "lanes": given.lanes, "keep": given.keep or bool(given.only), "give_up": given.give_up, "runs": given.runs, "first": given.first}
    options["every"] = given.long
    if given.many:
        return 0 if measure_start(options, given.many) else 1
    prepare_warm(options)
    if given.sound:
        print("the sound program first:", flush=True)
        if judge(given.tier, dict(options, runner=os.path.abspath(given.sound)), given):
            print("the sound program fails, so the flawed one proves nothing")
            return 1
    violations = judge(given.tier, options, given)
    if violations:
        print("violations:", ", ".join(f"{count} of {name}" for name, count in sorted(violations.items())))
    if given.expect_violations:
        noticed = set(violations) & INVARIANTS
        print("the flaw was noticed" if noticed else "the flaw was NOT noticed")
    if options["keep"] or (violations and not given.expect_violations):
        print(f"what the runs left behind is kept in {work}")
    else:
        shutil.rmtree(work, ignore_errors=True)
    return int(not noticed) if given.expect_violations else int(bool(violations))


def judge(tiers, options, given):
    """Goes through the tiers; gives how often each invariant was broken."""
    violations = collections.Counter()
    for tier in tiers:
        if given.long:
            options["runs"] = {"random": 10_000, "power": 1_000}.get(tier, given.runs)
        specs = specs_of(tier, options)
        if given.only is not None:
            specs = [one for one in specs if str(one["seed"]) == given.only]
        begun = time.monotonic()
        total = collections.Counter()
        for result in run_all(specs, options):
            total.update(result["counts"])
            if not result["found"]:
                continue
            total["violations"] += 1
            violations.update(invariant for invariant, _ in result["found"])
            if total["violations"] <= (2 if given.expect_violations else 20):
                print(f"VIOLATION in {result['name']}: repeat it with --tier {tier} --only {result['spec']['seed']} --runs {given.runs}"
                      f"{' --long' if given.long else ''}", flush=True)
                for invariant, text in result["found"][:6]:
                    print(f"   {invariant}: {text}")
        print(table(tier, total, time.monotonic() - begun), flush=True)
    return violations


if __name__ == "__main__":
    sys.exit(main())
