-- SPDX-FileCopyrightText: The YoID Console authors
-- SPDX-License-Identifier: Apache-2.0

-- One step of the three: making the offer.
wrk.method = "POST"
wrk.path = "/creds/credentials/issuance"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer a-token"
wrk.body = '{"exchange":"openid4vc","credentials":[{"credentialTemplateId":"cm8f2k0qv000108l4h3y7a1bc","attributes":'
    .. '{"memberName":"Naledi Khumalo","memberNumber":"M-000001","course":"First aid at the workplace","completedOn":"2026-11-20"}}]}'
