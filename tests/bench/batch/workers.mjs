// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// node workers.mjs BASE ROWS WORKERS: what somebody would write who has an afternoon: the same three calls a row with fetch(), so
// many people at a time, nothing written down. Prints one JSON object.

const [base, rows, workers] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

async function call(path, body, token) {
    const answer = await fetch(base + path, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
    });
    if (!answer.ok)
        throw new Error(`${path}: ${answer.status}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : {};
}

const granted = await fetch(base + "/token", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials&client_id=benchmark&client_secret=secret",
});
const token = (await granted.json()).access_token;

let next = 1;
async function worker() {
    while (next <= rows) {
        const number = next++;
        const email = `naledi.khumalo.${number}@example.org`;
        await call("/onboarding/users", { email, firstName: "Naledi", lastName: `Khumalo ${number}` }, token);
        const offer = await call("/creds/credentials/issuance", {
            exchange: "openid4vc",
            credentials: [{
                credentialTemplateId: "cm8f2k0qv000108l4h3y7a1bc",
                attributes: { memberName: `Naledi Khumalo ${number}`, memberNumber: `M-${number}`, course: "First aid at the workplace", completedOn: "2026-11-20" },
            }],
        }, token);
        await call("/wallet/orgs/credentials", { credentialOffer: offer.data.offerUri, identifier: email, identifierType: "email" }, token);
    }
}

const begun = performance.now();
await Promise.all(Array.from({ length: workers }, worker));
console.log(JSON.stringify({ rows, seconds: (performance.now() - begun) / 1000 }));
