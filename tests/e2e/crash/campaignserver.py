# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""The service of the crash campaign: writes down every request it has read in full, and misbehaves on order.

One listener serves many runs at once, each under a path of its own (/RUN/token, /RUN/onboarding/users ...). It shares no code with the
client.
"""

import asyncio
import base64
import hashlib
import json
import socket
import struct

from campaignworld import READ_FAULTS, TOKEN_FAULTS, WRITE_FAULTS


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
        self.server.connections.add(self)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def connection_lost(self, problem):
        self.server.connections.discard(self)
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
        self.connections = set()
        self.listener = None
        self.port = 0
        self.loop = asyncio.get_running_loop()

    async def start(self):
        self.listener = await self.loop.create_server(lambda: Connection(self), "127.0.0.1", self.port)
        self.port = self.listener.sockets[0].getsockname()[1]

    def stop(self):
        if self.listener:
            self.listener.close()
        self.listener = None

    def cut(self):
        """The line breaks: whatever is under way ends where it is."""
        for connection in list(self.connections):
            connection.reset()

    async def refuse(self, seconds):
        """Nobody is there for a while."""
        if not self.listener:
            return
        self.stop()
        self.cut()
        await asyncio.sleep(seconds)
        await self.start()

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
        for happens in world.moments.pop(world.requests, ()):
            happens()
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
        elif world.latency_ms:
            self.loop.call_later(world.latency_ms / 1000, connection.say, data)
        else:
            connection.say(data)

    def take_time(self, connection, world, kind, rid, carry_out):
        """A whole answer that takes its time: carried out before it or after it, and said at once or in two halves."""
        shape = world.chance(kind, rid).choice(("late", "early", "half"))
        after = lambda action: self.loop.call_later(world.latency_ms / 1000, action)

        def answer(said):
            status, body = carry_out(said)
            return answer_bytes(status, body, [world.date()])

        def carry_out_late():
            if not connection.transport.is_closing():
                connection.say(answer(True))
            elif world.chance(kind, rid + "/gone").random() < 0.5:  # it had been read, so it may be carried out all the same
                carry_out(None)

        if shape == "late":
            after(carry_out_late)
            return
        data = answer(True)
        sent = len(data) // 2 if shape == "half" else 0
        if sent:
            connection.transport.write(data[:sent])
        after(lambda: connection.say(data[sent:]))

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
        elif world.latency_ms and fault is None:
            self.take_time(connection, world, kind, rid, carry_out)
        else:
            status, answer = carry_out(True)
            data = answer_bytes(status, answer, [world.date()])
            if fault == "slow":
                self.slow(world, lambda: connection.say(data))
            else:
                connection.say(data, close=fault == "close_after_answer")
