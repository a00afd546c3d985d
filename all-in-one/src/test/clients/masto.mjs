// Signs in by the OAuth flow as a person does, in a real browser, with the npm library `masto`,
// then reads home, posts, replies, boosts, favourites and follows.
// Arguments: base URL, e-mail, password, handle to follow. Prints one JSON line.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createOAuthAPIClient, createRestAPIClient } from 'masto';
import { signInInBrowser } from './browser.mjs';

const [base, email, password, other] = process.argv.slice(2);
const redirectUri = 'http://127.0.0.1:1/callback';
const scopes = 'read write follow push';

const app = await createRestAPIClient({ url: base }).v1.apps.create({ clientName: 'masto test', redirectUris: redirectUri, scopes });
assert.ok(app.clientId && app.clientSecret);

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const authorize = new URL('/oauth/authorize', base);
authorize.search = new URLSearchParams({
  response_type: 'code', client_id: app.clientId, redirect_uri: redirectUri, scope: scopes, state: 'the-state',
  code_challenge: challenge, code_challenge_method: 'S256',
});
const answer = await signInInBrowser(authorize.href, email, password, redirectUri);
assert.equal(answer.searchParams.get('state'), 'the-state');

const token = await createOAuthAPIClient({ url: base }).token.create({
  clientId: app.clientId, clientSecret: app.clientSecret, redirectUri, grantType: 'authorization_code',
  code: answer.searchParams.get('code'), codeVerifier: verifier, scope: scopes,
});
assert.equal(token.tokenType, 'Bearer');

const masto = createRestAPIClient({ url: base, accessToken: token.accessToken });
const me = await masto.v1.accounts.verifyCredentials();
assert.ok(Array.isArray(await masto.v1.timelines.home.list()));
const status = await masto.v1.statuses.create({ status: 'Posted through masto #first', visibility: 'public' });
const reply = await masto.v1.statuses.create({ status: 'And an answer', inReplyToId: status.id });
assert.equal(reply.inReplyToId, status.id);
assert.equal((await masto.v1.statuses.$select(status.id).favourite()).favourited, true);
assert.equal((await masto.v1.statuses.$select(status.id).reblog()).reblog.id, status.id);
assert.equal((await masto.v1.statuses.$select(status.id).context.fetch()).descendants[0].id, reply.id);
const found = await masto.v1.accounts.lookup({ acct: other });
const relationship = await masto.v1.accounts.$select(found.id).follow();
assert.equal(relationship.following, true);
const home = await masto.v1.timelines.home.list();
assert.ok(home.some((entry) => entry.id === reply.id));
assert.ok((await masto.v2.instance.fetch()).version);
await masto.v1.preferences.fetch();
await masto.v1.customEmojis.list();
await masto.v1.notifications.list();
await masto.v1.markers.create({ home: { lastReadId: status.id } });
assert.equal((await masto.v1.markers.fetch({ timeline: ['home'] })).home.lastReadId, status.id);
console.log(JSON.stringify({ me: me.acct, status: status.id, url: status.url, token: token.accessToken }));
