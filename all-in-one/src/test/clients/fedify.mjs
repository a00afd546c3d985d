// A foreign server made with the npm library `@fedify/fedify`, over HTTPS with a certificate of the test's authority. It
// follows somebody, is followed, gets posts and sends some; what reaches its inbox is verified by Fedify's own means.
// Arguments: base URL of the server under test, name and token of somebody there, own host, key store, its password.
// Prints one JSON line.
import assert from 'node:assert/strict';
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { Temporal } from '@js-temporal/polyfill';
import {
  createFederation, generateCryptoKeyPair, MemoryKvStore, verifyObject, verifyRequest,
} from '@fedify/fedify';
import { Accept, Activity, Create, Endpoints, Follow, Note, Person, PUBLIC_COLLECTION } from '@fedify/fedify/vocab';

const [base, name, token, host, keyStore, password] = process.argv.slice(2);

// Test hosts live on this machine.
const systemLookup = dns.lookup;
dns.lookup = (hostname, options, callback) => hostname.endsWith('.test')
  ? systemLookup('127.0.0.1', options, callback) : systemLookup(hostname, options, callback);

const keyPairs = [await generateCryptoKeyPair('RSASSA-PKCS1-v1_5'), await generateCryptoKeyPair('Ed25519')];
const received = [];
let demandsMessageSignatures = false;
let origin;

/** The same actor, told to sign in this form first. */
function federation(firstKnock) {
  const federation = createFederation({ kv: new MemoryKvStore(), allowPrivateAddress: true, firstKnock });
  federation.setActorDispatcher('/users/{identifier}', async (context, identifier) => {
    const keys = await context.getActorKeyPairs(identifier);
    return identifier !== 'fay' ? null : new Person({
      id: context.getActorUri(identifier), preferredUsername: identifier, name: 'Fay of Fedify', url: new URL(`/@${identifier}`, origin),
      inbox: context.getInboxUri(identifier), endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
      publicKey: keys[0].cryptographicKey, assertionMethods: keys.map((key) => key.multikey),
    });
  }).setKeyPairsDispatcher(() => keyPairs);
  federation.setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .on(Follow, async (context, follow) => {
      const follower = await follow.getActor(context);
      await context.sendActivity({ identifier: 'fay' }, follower, new Accept({
        id: new URL(`#accepts/${crypto.randomUUID()}`, context.getActorUri('fay')), actor: context.getActorUri('fay'), object: follow,
      }));
    })
    .on(Activity, () => {});
  return federation;
}

const cavage = federation('draft-cavage-http-signatures-12');
const rfc9421 = federation('rfc9421');

/** What Fedify thinks of a request to an inbox. */
async function examine(request) {
  const context = cavage.createContext(new URL(origin), undefined);
  const key = await verifyRequest(request.clone(), context);
  const document = await request.clone().json();
  const proven = document.proof == null ? null : await verifyObject(Activity, document, context);
  received.push({
    type: document.type, id: document.id, content: document.object?.content,
    scheme: request.headers.has('signature-input') ? 'rfc9421' : 'cavage', signedBy: key?.ownerId?.href ?? null,
    provenId: proven?.id?.href ?? null,
  });
}

const server = createServer({ pfx: readFileSync(keyStore), passphrase: password }, async (incoming, outgoing) => {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) headers.append(incoming.rawHeaders[index], incoming.rawHeaders[index + 1]);
  const request = new Request(new URL(incoming.url, origin), {
    method: incoming.method, headers, body: ['GET', 'HEAD'].includes(incoming.method) ? undefined : Buffer.concat(chunks),
  });
  let response;
  try {
    if (request.method === 'POST' && demandsMessageSignatures && !headers.has('signature-input')) {
      response = new Response('signed in another form, please', { status: 401 });
    } else {
      if (request.method === 'POST') await examine(request);
      response = await cavage.fetch(request, { contextData: undefined });
    }
  } catch (failure) {
    console.error(failure);
    response = new Response(String(failure), { status: 500 });
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const handleHost = `${host}:${server.address().port}`;
origin = `https://${handleHost}`;

async function until(what, look) {
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((passed) => setTimeout(passed, 50))) {
    const found = await look();
    if (found) return found;
  }
  assert.fail(`${what}: not within two minutes; received ${JSON.stringify(received)}`);
}

async function api(method, path, body) {
  const response = await fetch(new URL(path, base), {
    method, headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }, body: body && JSON.stringify(body),
  });
  assert.equal(response.status, 200, `${method} ${path}`);
  return response.json();
}

const arrived = (type, content) => until(`${type} ${content ?? ''} arrives`, () => received.find((each) => each.type === type
  && (content === undefined || each.content?.includes(content))));
const inHome = (text) => until(`${text} is in the home timeline`, async () => (await api('GET', '/api/v1/timelines/home')).find((status) => status.content.includes(text)));

function note(context, text) {
  const id = new URL(`/notes/${crypto.randomUUID()}`, origin);
  const addressed = { tos: [PUBLIC_COLLECTION], published: Temporal.Now.instant() };
  return new Create({
    id: new URL('#create', id), actor: context.getActorUri('fay'), ...addressed,
    object: new Note({ id, attribution: context.getActorUri('fay'), content: `<p>${text}</p>`, ...addressed }),
  });
}

// Fay finds and follows somebody of the server under test.
const first = cavage.createContext(new URL(origin), undefined);
const second = rfc9421.createContext(new URL(origin), undefined);
const person = await first.lookupObject(`@${name}@${new URL(base).host}`);
assert.ok(person instanceof Person, 'the person is found by WebFinger');
await first.sendActivity({ identifier: 'fay' }, person, new Follow({
  id: new URL('#follows/1', first.getActorUri('fay')), actor: first.getActorUri('fay'), object: person.id,
}));
const accept = await arrived('Accept');

// Posts reach her, in the form of signature that her server takes.
await api('POST', '/api/v1/statuses', { status: 'Signed as everybody does' });
const asCavage = await arrived('Create', 'as everybody does');
demandsMessageSignatures = true;
await api('POST', '/api/v1/statuses', { status: 'Signed as the standard says' });
const asRfc9421 = await arrived('Create', 'as the standard says');

// She is followed, and what she writes arrives, signed in either form.
const found = (await api('GET', `/api/v2/search?resolve=true&q=${encodeURIComponent(`@fay@${handleHost}`)}`)).accounts[0];
await api('POST', `/api/v1/accounts/${found.id}/follow`);
await until('Fay accepts', async () => (await api('GET', `/api/v1/accounts/relationships?id[]=${found.id}`))[0].following);
await first.sendActivity({ identifier: 'fay' }, person, note(first, 'From Fedify by the draft'));
await second.sendActivity({ identifier: 'fay' }, person, note(second, 'From Fedify by the standard'));
const draft = await inHome('by the draft');
const standard = await inHome('by the standard');

server.close();
server.closeAllConnections();
console.log(JSON.stringify({ person: person.id.href, accept, asCavage, asRfc9421, displayName: found.display_name, authors: [draft.account.acct, standard.account.acct], handle: `fay@${handleHost}` }));
process.exit(0);
