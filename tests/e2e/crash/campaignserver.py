# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""The service of the crash campaign: writes down every request it has read in full, and misbehaves on order.

One listener serves many runs at once, each under a path of its own (/RUN/token, /RUN/onboarding/users ...). It shares no code with the
client. What it wrote down is the truth the oracle judges by, so a line is in the file before anything is carried out or answered.
"""

import asyncio
import base64
import hashlib
import json
import os
import random
import socket
import struct
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

    def __init__(self, name, folder, seed, *, permille=0, faults=WRITE_FAULTS, echo=False, accept=0, foreign=0, slow_ms=30, revoke="batch"):
        self.name = name
        self.seed = seed
        self.permille = permille
        self.faults = faults
        self.echo = echo
        self.accept = accept            # 0: nobody accepts; else in how many looks
        self.slow_ms = slow_ms
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
            is_new = key not in self.accounts
            self.accounts.setdefault(key, key)
            password = f"pw-{MARK}-{self.seed}-{len(self.accounts)}" if is_new else ""
            return 201, {"data": {"email": body.get("email", ""), "username": self.accounts[key], "tempPassword": password}}, \
                {"what": "account", "new": is_new}
        if kind == "issue":
            if body.get("credentialTemplateId") != TEMPLATE:
                return 404, {"message": "no such template"}, {"what": "nothing"}
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


def kind_of(method, path):
    if method == "POST":
        if path == "token":
            return "token"
        if path == "onboarding/users":
            return "account"
        if path == "creds/credentials/issuance":
            return "issue"
        if path == "wallet/orgs/credentials":
            return "deliver"
        if path == "creds/credentials/revoke" or (path.startswith("creds/credentials/") and path.endswith("/revoke")):
            return "revoke"
        if path == "creds/presentations/request":
            return "request"
        return "unknown"
    if path == "creds/credentials":
        return "issuances"
    if path.startswith("creds/credentials/"):
        return "issuance"
    if path.startswith("creds/presentations/"):
        return "presentation"
    if path == "onboarding/users":
        return "users"
    if path.startswith("creds/templates"):
        return "templates"
    return "unknown"


REASONS = {200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests",
           500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


def answer_bytes(status, body, extra=()):
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    head = [f"HTTP/1.1 {status} {REASONS.get(status, 'Odd')}"]
    if status != 204:
        head.append(f"Content-Length: {len(data)}")
    if data:
        head.append("Content-Type: application/json" if data[:1] in (b"{", b"[") else "Content-Type: text/html")
    head += extra
    return "\r\n".join(head).encode() + b"\r\n\r\n" + data


class Connection(asyncio.Protocol):
    def __init__(self, server):
        self.server = server
        self.buffer = b""
        self.busy = False
        self.waiting_to_go = []         # what happens when the client has left

    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def connection_lost(self, problem):
        for late in self.waiting_to_go:
            late()
        self.waiting_to_go = []

    def data_received(self, data):
        self.buffer += data
        while not self.busy:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.buffer[:end].decode("latin-1").split("\r\n")
            headers = {}
            for line in head[1:]:
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            length = int(headers.get("content-length", "0"))
            if len(self.buffer) < end + 4 + length:
                return
            body = self.buffer[end + 4:end + 4 + length]
            self.buffer = self.buffer[end + 4 + length:]
            method, target, _ = head[0].split(" ", 2)
            self.busy = True
            self.server.request(self, method, target, headers, body)

    def say(self, data, close=False):
        if not self.transport.is_closing():
            self.transport.write(data)
            if close:
                self.transport.close()
        self.busy = False
        if self.buffer and not close:
            self.data_received(b"")

    def reset(self):
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


class Server:
    """Serves worlds; made inside a running loop."""

    def __init__(self):
        self.worlds = {}
        self.loop = asyncio.get_running_loop()

    async def start(self):
        self.listener = await self.loop.create_server(lambda: Connection(self), "127.0.0.1", 0)
        self.port = self.listener.sockets[0].getsockname()[1]

    def stop(self):
        self.listener.close()

    def request(self, connection, method, target, headers, raw):
        path, _, query = target.partition("?")
        _, name, path = (path + "//").split("/", 2)
        path = path.rstrip("/")
        world = self.worlds.get(name)
        if world is None:
            connection.say(answer_bytes(404, {"message": "no such run"}), close=True)
            return
        kind = kind_of(method, path)
        rid = headers.get("x-request-id", "")
        world.requests += 1
        if kind == "token":
            self.token(connection, world, raw)
        elif method == "POST":
            self.write(connection, world, kind, rid, path, headers, raw)
        else:
            self.read(connection, world, kind, rid, path, query, headers)

    def slow(self, world, action):
        self.loop.call_later(world.slow_ms / 1000, action)

    def token(self, connection, world, raw):
        fault = world.choose("token", "", TOKEN_FAULTS)
        said = f"client_secret={world.secret}" in raw.decode("latin-1")
        good = answer_bytes(200, {"access_token": world.token, "expires_in": 300, "refresh_expires_in": 0, "token_type": "Bearer"}, [world.date()])
        if fault == "drop_before":
            connection.transport.close()
        elif fault == "error_before":
            connection.say(answer_bytes(503, {"error": "temporarily_unavailable"}, ["Retry-After: 1"]))
        elif not said:
            connection.say(answer_bytes(401, {"error": "unauthorized_client", "error_description": "Invalid client secret"}))
        elif fault == "slow":
            self.slow(world, lambda: connection.say(good))
        else:
            connection.say(good)

    def read(self, connection, world, kind, rid, path, query, headers):
        fault = world.choose("look", rid + kind, READ_FAULTS)
        if headers.get("authorization") != "Bearer " + world.token or fault == "unauthorized":
            connection.say(answer_bytes(401, {"message": "Unauthorized"}))
            return
        if fault == "drop_before":
            connection.transport.close()
            return
        if fault == "error_before":
            connection.say(answer_bytes(500, {"message": "oops"}))
            return
        if fault == "too_many":
            connection.say(answer_bytes(429, {"message": "slow down"}, ["Retry-After: 1"]))
            return
        status, body = world.look(kind, path, query)
        data = answer_bytes(status, body, [world.date()])
        if fault == "half_json":
            text = json.dumps(body).encode()
            data = answer_bytes(status, text[:len(text) // 2])
        if fault == "slow":
            self.slow(world, lambda: connection.say(data))
        else:
            connection.say(data)

    def write(self, connection, world, kind, rid, path, headers, raw):
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            body = {"unreadable": base64.b64encode(raw).decode()}
        authorized = headers.get("authorization") == "Bearer " + world.token
        fault = world.choose(kind, rid, WRITE_FAULTS) if authorized else "unauthorized"
        number = world.requests
        world.write(n=number, kind=kind, rid=rid, path=path, body=body, sha=hashlib.sha256(raw).hexdigest(), fault=fault)

        def carry_out(said):
            """said: what the client is going to hear, for the log"""
            status, answer, did = world.execute(kind, rid, path, body)
            world.write(n=number, did=did, said=status if said is True else said)
            return status, answer

        def refuse(status, extra=(), text=None):
            world.write(n=number, did={"what": "nothing"}, said=status)
            connection.say(answer_bytes(status, text or {"message": f"{fault}"}, extra))

        if fault == "unauthorized":
            refuse(401)
        elif fault == "too_many":
            refuse(429, ["Retry-After: 1"])
        elif fault == "unavailable":
            refuse(503, ["Retry-After: 1"])
        elif fault == "error_before":
            refuse(500)
        elif fault == "redirect":                               # to nowhere, and nothing is carried out
            refuse(world.chance(kind, rid).choice((302, 303, 304, 307)), ["Location: /elsewhere"])
        elif fault in ("drop_before", "reset_before"):
            world.write(n=number, did={"what": "nothing"}, said=None)
            connection.reset() if fault == "reset_before" else connection.transport.close()
        elif fault in ("drop_after", "reset_after"):
            carry_out(None)
            connection.reset() if fault == "reset_after" else connection.transport.close()
        elif fault == "hang_after":
            carry_out(None)                                     # and the connection stays as it is
        elif fault == "late":
            connection.waiting_to_go.append(lambda: self.slow(world, lambda: carry_out(None)))
        elif fault in ("error_after", "gateway_after"):
            carry_out(500 if fault == "error_after" else 502)
            connection.say(answer_bytes(500, {"message": "oops"}) if fault == "error_after" else answer_bytes(502, b"<html>bad gateway</html>"))
        elif fault == "truncated":
            status, answer = carry_out(None)
            data = b"{}" if answer is None else json.dumps(answer).encode()
            whole = answer_bytes(status, data)
            connection.say(whole[:len(whole) - max(1, len(data) // 2)], close=True)
        elif fault == "half_json":
            status, answer = carry_out(True)                    # what of it can be understood is the client's affair
            data = b"" if answer is None else json.dumps(answer).encode()
            connection.say(answer_bytes(status, data[:len(data) // 2] or None))
        elif fault == "empty_2xx":
            status, _ = carry_out(True)
            connection.say(answer_bytes(status, None))
        elif fault == "no_status":
            world.write(n=number, did={"what": "nothing"}, said=None)
            connection.say(b"HTTP/1.1\r\nContent-Length: 0\r\n\r\n", close=True)
        elif fault == "odd_status":
            world.write(n=number, did={"what": "nothing"}, said=999)
            connection.say(answer_bytes(999, None), close=True)
        else:
            status, answer = carry_out(True)
            data = answer_bytes(status, answer, [world.date()])
            if fault == "slow":
                self.slow(world, lambda: connection.say(data))
            else:
                connection.say(data, close=fault == "close_after_answer")
