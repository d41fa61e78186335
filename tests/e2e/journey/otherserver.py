# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""A second, independent stand-in for the platform, for the journey with a Custom profile.

Written from the API description only; it shares nothing with the practice server and speaks another mix of dialects
(bare account replies, 201 for issuing, `requested`/`verified`). It remembers every secret it gave out, so that the test
can search for them afterwards.
"""

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

COURSE_TYPE = "https://types.example.org/vct/other/first-aid"


class OtherServer:
    """Starts on a free port of 127.0.0.1; `base` is its address."""

    def __init__(self, client_id="other-console", token_life=300):
        self.client_id = client_id
        # Characters that encodings treat differently, so that a wrong encoding is refused and a leak in any form is found.
        self.client_secret = "Zq7+" + secrets.token_urlsafe(18) + "/&=%é:" + secrets.token_hex(4)
        self.token_life = token_life
        self.given_secrets = {"client secret": [self.client_secret], "access token": [], "first password": []}
        self.log = []
        self.tokens = {}
        self.issuances = {}
        self.presentations = {}
        self.lock = threading.Lock()
        self.templates = [{
            "id": "6421a8905c17830c188e2e2f", "name": "First Aid Level 2", "description": "Two-day course",
            "format": "sd-jwt-vc", "type": COURSE_TYPE, "archivedAt": None,
            "attributes": {
                "fullName": {"type": "string", "name": "Full name", "required": True, "alwaysDisclosed": True},
                "completedOn": {"type": "date", "name": "Completed on", "required": False, "alwaysDisclosed": False},
            }}]
        self.checks = [{
            "id": "du398r0fqd", "name": "First aid check", "description": "Hiring at the depot",
            "credentials": [{"format": "sd-jwt-vc", "name": "First Aid Level 2", "type": COURSE_TYPE,
                             "trustedIssuers": ["te-1"],
                             "attributes": {"fullName": {"type": "string"}}}]}]
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                server.answer(self, "GET", b"")

            def do_POST(self):
                server.answer(self, "POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    # --- what a test asks

    def count(self, method, ending):
        with self.lock:
            return sum(1 for m, path, _ in self.log if m == method and path.endswith(ending))

    def youth_accepts(self):
        """Every offer so far is accepted."""
        for issuance in self.issuances.values():
            issuance["status"] = "completed"

    def youth_shows(self, valid=True):
        """Every open request is answered."""
        for presentation in self.presentations.values():
            presentation["status"] = "verified"
            presentation["credentials"] = [{
                "isValid": valid, "name": "First Aid Level 2", "type": COURSE_TYPE,
                "attributes": {"fullName": "Thandiwe Mokoena"},
                "issues": [] if valid else ["Credential has been revoked by the issuer"]}]

    # --- the wire

    def answer(self, handler, method, body):
        path = urlsplit(handler.path).path
        status, reply = self.route(handler, method, path, body)
        with self.lock:
            self.log.append((method, path, status))
        data = b"" if reply is None else json.dumps(reply).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        if data:
            handler.send_header("Content-Type", "application/json; charset=utf-8")
        handler.end_headers()
        handler.wfile.write(data)

    def route(self, handler, method, path, body):
        if path == "/auth/token":
            return self.token(body) if method == "POST" else (405, None)
        bearer = (handler.headers.get("Authorization") or "").removeprefix("Bearer ")
        if self.tokens.get(bearer, 0) < time.monotonic():
            return 401, {"errors": [{"status": "401", "detail": "Token is not active"}]}
        sent = json.loads(body) if body else {}
        route = (method, path)
        if route == ("POST", "/people/users"):
            password = "fp-" + secrets.token_urlsafe(9)
            self.given_secrets["first password"].append(password)
            return 201, {"email": sent.get("email"), "username": "thandiwe.m", "tempPassword": password}
        if route == ("GET", "/people/users"):
            return 200, {"data": []}
        if route == ("GET", "/creds/templates/credentials"):
            return 200, {"data": self.templates, "links": {}, "meta": {}}
        if route == ("GET", "/creds/presets/credentials"):
            return 200, {"data": []}
        if route == ("GET", "/creds/templates/presentations"):
            return 200, {"data": self.checks}
        if route == ("GET", "/creds/trusted-entities"):
            return 200, {"data": [{"id": "te-1", "name": "Other Academy", "dids": [], "certificates": []}]}
        if route == ("POST", "/creds/credentials/issuance"):
            return 201, {"data": self.new_issuance()}
        if route == ("POST", "/wallet/orgs/credentials"):
            known = any(i["offerUri"] == sent.get("credentialOffer") for i in self.issuances.values())
            return (201, None) if known else (400, {"message": "invalid offer"})
        if method == "GET" and path.startswith("/creds/credentials/"):
            found = self.issuances.get(unquote(path.rsplit("/", 1)[1]))
            return (200, {"data": found}) if found else (404, {"message": "not found", "code": 2005})
        if route == ("POST", "/creds/presentations/request"):
            return 200, {"data": self.new_presentation(sent.get("presentationTemplateId"))}
        if method == "GET" and path.startswith("/creds/presentations/"):
            found = self.presentations.get(unquote(path.rsplit("/", 1)[1]))
            return (200, {"data": found}) if found else (404, {"message": "not found", "code": 2005})
        return 404, {"statusCode": 404, "message": f"Cannot {method} {path}", "error": "Not Found"}

    def token(self, body):
        form = {key: values[0] for key, values in parse_qs(body.decode(), keep_blank_values=True).items()}
        if form.get("client_id") != self.client_id or form.get("client_secret") != self.client_secret:
            return 401, {"error": "unauthorized_client", "error_description": "Invalid client or Invalid client credentials"}
        token = "ot." + secrets.token_urlsafe(40)
        self.tokens[token] = time.monotonic() + self.token_life
        self.given_secrets["access token"].append(token)
        return 200, {"access_token": token, "expires_in": self.token_life, "refresh_expires_in": 0,
                     "token_type": "Bearer", "not-before-policy": 0, "scope": "email profile"}

    def new_issuance(self):
        number = secrets.token_hex(8)
        uri = f"https://wallet.example.org/invitation?credential_offer_uri=https%3A%2F%2Fwallet.example.org%2F{number}%3Fraw%3Dtrue"
        issuance = {"id": "iss-" + number, "status": "offered", "error": None,
                    "credentials": [{"id": "cred-" + number, "status": "pending", "revocable": True}],
                    "offerUri": uri, "offerQrUri": uri + "&qr=true"}
        self.issuances[issuance["id"]] = issuance
        return issuance

    def new_presentation(self, template):
        number = secrets.token_hex(8)
        uri = f"https://wallet.example.org/invitation?request_uri=https%3A%2F%2Fwallet.example.org%2Fr%2F{number}%3Fraw%3Dtrue"
        presentation = {"id": "pres-" + number, "status": "requested", "error": None, "credentials": [],
                        "presentationTemplateId": template, "expiresAt": "2099-01-01T00:00:00.000Z",
                        "authorizationRequestUri": uri + "&client_id=did%3Aweb%3Aother.example.org",
                        "authorizationRequestQrUri": uri + "&qr=true"}
        self.presentations[presentation["id"]] = presentation
        return presentation
