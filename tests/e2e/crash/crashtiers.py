# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""What the runs of each tier of the crash campaign are."""

import asyncio
import os
import random

import campaignserver
import campaignworld
from batchrun import PHASES, run_of
from crashrun import ERRNOS, SETTLED, spec

# Faults that only a hanging client ends cost its whole deadline, so they come less often.
COSTLY = ("hang_after", "late")


def random_spec(tier, seed, *, modes=("kill", "torn", "after"), permille=None):
    chance = random.Random(f"{tier}/{seed}")
    rows = min(chance.randint(3, 40), chance.randint(3, 40))
    faults = [fault for fault in campaignworld.WRITE_FAULTS if fault not in COSTLY or chance.random() < 0.25]
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


def try_out(options, one, *more):
    """A run without any fault; gives how many points it has, and of what kinds. The folder stays."""
    async def go():
        server = campaignserver.Server()
        await server.start()
        run = run_of(one, server, options)
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


def count_points(options, *more, mode="kill", kind="", **changes):
    """The points of a run of three rows and their kinds; the most of a few tries, as it is not always the same."""
    kills = [{"mode": mode, "at": 0, "kind": kind}]
    return max(try_out(options, spec("count", number, **{"warm": True, **changes, "kills": kills}), *more) for number in range(3))


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
        specs += [hook_spec("hooks", at, mode) for mode in (("kill", "torn", "after") if options["every"] else modes)]
    return specs


def hook_spec(tier, at, mode, **what):
    seed = f"{at}-{mode}"
    kills = [{"mode": mode, "at": at, "lose": random.Random(f"lose/{seed}").choice(("all", "half", "sectors"))}]
    if random.Random(seed).random() < 0.2:      # and once more while it recovers
        kills.append({"mode": mode, "at": random.Random(seed).randint(1, 60)})
    return spec(tier, seed, kills=kills, warm=True, idempotent=at % 5 == 0, **what)


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


# Batches. An answer takes its time there, so that something is under way whenever the program dies or the line breaks.
LATENCY_MS = 8


def batch(ready, **changes):
    """So many people to be released, some left out, some whom the service refuses; how often the operator says "continue" and "retry"
    in one start; strict: nothing but a refusal is an excuse.
    """
    return {"ready": ready, "left_out": 5, "refused": 3, "presses": 0, "retries": 0, "strict": True, **changes}


def batch_hook_specs(options):
    """One person released, one left out: the points from the import to the delivery. Every one at which something is made safe or sent,
    power lost there, and a disk that takes nothing for once or for good.
    """
    what = {"batch": batch(1, left_out=1, refused=0)}
    points, kinds = count_points(options, **what)
    print(f"a batch of one has {points} points", flush=True)
    specs = []
    for at in range(1, points + 1):
        before, kind, after = (kinds[number:number + 1] for number in (at - 2, at - 1, at))
        modes = {"y": ["kill", "after", "power"], "s": ["kill", "torn", "after"], "w": [["kill"], ["torn"]][at // 8 % 2] if at % 8 == 0 else [],
                 "r": ["kill", "after"] if "s" in (before, after) or after != "r" else []}[kind]     # the first and the last of an answer
        specs += [hook_spec("batch-hooks", at, mode, **what) for mode in (("kill", "torn", "after", "power") if options["every"] else modes)]
        if kind == "y" or kind == "w" and (at % 16 == 0 or options["every"]):
            name, for_good = list(ERRNOS)[at % 3], at % 2 == 0
            specs.append(spec("batch-hooks", f"{at}-{name}-{'for-good' if for_good else 'once'}", warm=True, idempotent=False, **what,
                              kills=[{"mode": "errno", "at": at, "errno": name, "sticky": for_good}]))
    return specs


def batch_kill_spec(seed, people=300, kills=50):
    """One batch, killed so often one after the other: while the file is read, while it is prepared, around the release, while it runs."""
    chance = random.Random(f"batch-kill/{seed}")
    moments = []
    for phase, share, longest in (("import", 0.14, 0.04), ("draft", 0.1, 0.03), ("release", 0.14, 0.03)):
        moments += [{"phase": phase, "after": chance.uniform(0, longest)} for _ in range(round(kills * share))]
    left = kills - len(moments)
    each = people * 3 * 0.7 / left          # not all of its requests, so that every moment comes before the end
    for _ in range(left):
        if chance.random() < 0.1:           # while it starts
            moments.append({"phase": "start", "after": chance.uniform(0, 0.1)})
        else:
            moments.append({"phase": "run", "requests": chance.randint(0, round(2 * each)), "after": chance.uniform(0, 1.5 * LATENCY_MS / 1000)})
    return spec("batch-kill", seed, batch=batch(people), width=6, latency=LATENCY_MS, echo=chance.random() < 0.5,
                kills=[dict(moment, mode="outside") for moment in moments])


def batch_small_cut_spec(seed):
    one = batch_cut_spec(seed, people=60, cuts=20)
    one["tier"] = "batch-small-cut"
    return one


def batch_storm_spec(seed):
    """Everything at once: a service that fails in every way it knows, a line that breaks, a program that is killed and put to sleep. Not
    everybody can have an offer then; who has none has a reason.
    """
    chance = random.Random(f"batch-storm/{seed}")
    people = chance.randint(30, 60)
    kills = [{"phase": "run", "requests": chance.randint(0, 40), "after": chance.uniform(0, 0.1)} for _ in range(chance.randint(3, 6))]
    faults = [fault for fault in campaignworld.WRITE_FAULTS if fault not in COSTLY or chance.random() < 0.25]
    return spec("batch-storm", seed, batch=batch(people, strict=False, presses=chance.choice((0, 3)), retries=chance.choice((0, 2))), width=6,
                latency=LATENCY_MS, echo=chance.random() < 0.5, permille=chance.choice((50, 150)), faults=faults, stops=chance.choice((0, 1)),
                foreign=chance.choice((0, 3)), idempotent=False, kills=[dict(moment, mode="outside") for moment in kills],
                cuts=[{"at": at, "after": 0, "away": chance.choice((0, 0.2))} for at in sorted(chance.sample(range(3, people * 2), 5))])


def batch_small_spec(seed):
    """For the mutations: what brings each to light, in a few seconds."""
    one = batch_kill_spec(seed, people=40, kills=20)
    chance = random.Random(f"batch-small/{seed}")
    more = [{"mode": "outside", "phase": phase, "after": chance.uniform(0, 0.05)} for phase in ("import", "release") for _ in range(4)]
    one["kills"] = sorted(one["kills"] + more, key=lambda moment: PHASES.index(moment["phase"]))
    one["tier"] = "batch-small"
    return one


def batch_cut_spec(seed, people=300, cuts=50):
    """One batch, never killed; the line breaks so often: at once for all that is under way, every third time for a while."""
    chance = random.Random(f"batch-cut/{seed}")
    moments = sorted(chance.sample(range(3, people * 3 - 50), cuts))
    return spec("batch-cut", seed, batch=batch(people, presses=chance.choice((0, 2))), width=6, latency=LATENCY_MS, echo=chance.random() < 0.5,
                cuts=[{"at": at, "after": chance.uniform(0, 1.5 * LATENCY_MS / 1000), "away": chance.uniform(0.02, 0.4) if chance.random() < 0.33 else 0}
                      for at in moments])


def specs_of(tier, options):
    count = options["runs"]
    if tier == "hooks":
        return hook_specs(options)
    if tier == "birth":
        return birth_specs(options)
    if tier == "errno":
        return errno_specs(options)
    if tier == "batch-hooks":
        return batch_hook_specs(options)
    make = {"batch-kill": batch_kill_spec, "batch-cut": batch_cut_spec, "batch-small": batch_small_spec,
            "batch-small-cut": batch_small_cut_spec, "batch-storm": batch_storm_spec, "random": lambda seed: random_spec("random", seed), "power": power_spec, "stop": stop_spec, "resend": resend_spec,
            "early": early_spec, "status": status_spec}[tier]
    return [make(seed) for seed in range(options["first"], options["first"] + count)]


