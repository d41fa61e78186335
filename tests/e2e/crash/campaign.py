# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""The crash campaign: runs the program's core against a faulty service, kills it in every way it can end, starts it again, and lets the
oracle judge. See --help; a run that failed is repeated with --tier TIER --only SEED, and what it left behind is kept.
"""

import argparse
import asyncio
import collections
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import campaignserver  # noqa: E402
import oracle  # noqa: E402
from batchrun import run_of  # noqa: E402
from crashrun import SETTLED, Run, spec  # noqa: E402
from crashtiers import prepare_warm, specs_of  # noqa: E402

# What the oracle can find, apart from runs that only did not end well.
INVARIANTS = {"I1", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "B1", "B2", "B3", "B4", "B5", "chain", "append", "errno"}


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
                results.put(await run_of(one, server, options).go())
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


TIERS = ("hooks", "birth", "random", "power", "errno", "stop", "resend", "early", "status", "batch-hooks", "batch-kill", "batch-cut",
         "batch-small", "batch-small-cut", "batch-storm")
# In the order they are told in; what a run counts besides comes after them.
TOLD = ("runs", "starts", "kills", "stops", "failures", "stopped", "faults", "requests", "rows", "abandoned", "adopted", "revoked", "verified",
        "undelivered")


def table(tier, total, seconds):
    others = [key for key in sorted(total) if key not in TOLD and key != "violations"]
    words = [f"{total[key]} {key}" for key in (*TOLD, *others) if total[key]]
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
    parser.add_argument("--expect-violations", nargs="*", metavar="INVARIANT",
                        help="succeed only if there are some, of these at least: the program has a flaw")
    parser.add_argument("--sound", help="a runner without the flaw, which must pass the very same runs first")
    parser.add_argument("--fresh", action="store_true", help="begin with a seed by chance, and tell which")
    given = parser.parse_args()
    if given.fresh:
        given.first = random.SystemRandom().randrange(1_000_000)
        print(f"the first seed is {given.first}", flush=True)
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
    flawed = given.expect_violations is not None
    if flawed:
        noticed = set(violations) & INVARIANTS
        noticed = noticed if noticed >= set(given.expect_violations) else set()
        print("the flaw was noticed" if noticed else "the flaw was NOT noticed")
    if options["keep"] or (violations and not flawed):
        print(f"what the runs left behind is kept in {work}")
    else:
        shutil.rmtree(work, ignore_errors=True)
    return int(not noticed) if flawed else int(bool(violations))


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
            if total["violations"] <= (20 if given.expect_violations is None else 2):
                print(f"VIOLATION in {result['name']}: repeat it with --tier {tier} --only {result['spec']['seed']} --runs {given.runs}"
                      f"{f' --first {given.first}' if given.first else ''}"
                      f"{' --long' if given.long else ''}", flush=True)
                for invariant, text in result["found"][:6]:
                    print(f"   {invariant}: {text}")
        print(table(tier, total, time.monotonic() - begun), flush=True)
    return violations


if __name__ == "__main__":
    sys.exit(main())
