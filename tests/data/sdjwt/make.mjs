// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0
//
// How independent.json was made: once, with an implementation that is not ours.
//   npm install @sd-jwt/sd-jwt-vc@0.17.1 @sd-jwt/jwt-status-list@0.17.1 jose@5 && node make.mjs > independent.json
// The keys are thrown away afterwards, so running it again gives other credentials that must pass the same tests.
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { StatusList, createHeaderAndPayload } from '@sd-jwt/jwt-status-list';
import { createHash, randomBytes } from 'node:crypto';
import * as jose from 'jose';

const at = 1790000000; // 2026-09-21T14:13:20Z
const digest = (data, alg) => createHash(alg.replace('-', '')).update(data).digest();
const hasher = async (data, alg) => new Uint8Array(digest(data, alg));
const saltGenerator = async (length) => randomBytes(length).toString('hex');

async function keyPair(alg) {
  const pair = await jose.generateKeyPair(alg, { crv: 'Ed25519', extractable: true });
  const jwk = await jose.exportJWK(pair.publicKey);
  const sign = async (data) => {
    // jose signs whole tokens; what the library hands over is their first two parts.
    const [header, payload] = data.split('.');
    const protectedHeader = JSON.parse(Buffer.from(header, 'base64url').toString());
    const token = await new jose.CompactSign(Buffer.from(payload, 'base64url')).setProtectedHeader(protectedHeader).sign(pair.privateKey);
    if (!token.startsWith(data + '.')) throw new Error('another form of the same token');
    return token.split('.')[2];
  };
  return { alg, jwk, sign };
}

const cases = [];
for (const alg of ['ES256', 'ES384', 'EdDSA']) {
  for (const hashAlg of ['sha-256', 'sha-384', 'sha-512']) {
    const issuer = await keyPair(alg);
    const holder = await keyPair('ES256');
    const sdjwt = new SDJwtVcInstance({
      signer: issuer.sign, signAlg: alg, hasher, hashAlg, saltGenerator,
      kbSigner: holder.sign, kbSignAlg: 'ES256',
    });
    const claims = {
      iss: 'did:web:academy.example.org:issuers:umuzi', vct: 'https://metadata.example.org/types/solar-installer-1',
      iat: at - 86400, nbf: at - 86400, exp: at + 86400 * 365, cnf: { jwk: holder.jwk },
      status: { status_list: { idx: 5, uri: 'https://academy.example.org/status/1' } },
      givenName: 'Nálēdi', familyName: 'Khumalo', score: 81.5, passed: true,
      modules: ['wiring', 'safety', 'Ωmega'], address: { town: 'Soweto', country: 'ZA' },
    };
    const frame = { _sd: ['givenName', 'familyName', 'score', 'passed', 'address'], _sd_decoy: 2,
      modules: { _sd: [1, 2] }, address: { _sd: ['town'] } };
    const full = await sdjwt.issue(claims, frame, { header: { kid: '#key-1' } });
    const shown = { givenName: true, familyName: true, address: { town: true }, modules: { 1: true } };
    const nonce = 'n-' + randomBytes(8).toString('hex');
    const presentation = await sdjwt.present(full, shown, {
      kb: { payload: { iat: at, aud: 'x509_san_dns:verifier.example.org', nonce } },
    });
    const list = new StatusList([0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1);
    const { header, payload } = createHeaderAndPayload(list,
      { iss: claims.iss, sub: 'https://academy.example.org/status/1', iat: at - 600, exp: at + 43200, ttl: 3600 },
      { alg, typ: 'statuslist+jwt', kid: '#key-1' });
    const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    cases.push({
      name: `${alg} ${hashAlg}`, at, nonce, audience: 'x509_san_dns:verifier.example.org',
      full, presentation, statusList: input + '.' + await issuer.sign(input), issuerJwk: issuer.jwk, holderJwk: holder.jwk,
      didDocument: {
        id: claims.iss,
        verificationMethod: [{ id: claims.iss + '#key-1', type: 'JsonWebKey2020', controller: claims.iss, publicKeyJwk: issuer.jwk }],
        assertionMethod: [claims.iss + '#key-1'],
      },
      expected: { givenName: 'Nálēdi', familyName: 'Khumalo', address: { country: 'ZA', town: 'Soweto' }, modules: ['wiring', 'safety'] },
      expectedFull: claims,
    });
  }
}
console.log(JSON.stringify(cases, null, 1));
