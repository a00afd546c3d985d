// The same errands with the npm library `megalodon` and a token it got by the OAuth flow.
// Arguments: base URL, e-mail, password, handle to follow. Prints one JSON line.
import assert from 'node:assert/strict';
import generator, { detector } from 'megalodon';
import { signInInBrowser } from './browser.mjs';

const [base, email, password, other] = process.argv.slice(2);
const redirectUri = 'http://127.0.0.1:1/callback';

assert.equal(await detector(base), 'mastodon');
const client = generator('mastodon', base);
const app = await client.registerApp('megalodon test', { scopes: ['read', 'write', 'follow'], redirect_uris: redirectUri });
const answer = await signInInBrowser(app.url, email, password, redirectUri);
const token = await client.fetchAccessToken(app.client_id, app.client_secret, answer.searchParams.get('code'), redirectUri);

const person = generator('mastodon', base, token.access_token);
const me = (await person.verifyAccountCredentials()).data;
const status = (await person.postStatus('Posted through megalodon')).data;
const reply = (await person.postStatus('And an answer', { in_reply_to_id: status.id })).data;
assert.equal(reply.in_reply_to_id, status.id);
assert.equal((await person.favouriteStatus(status.id)).data.favourited, true);
assert.equal((await person.reblogStatus(status.id)).data.reblogged, true);
const found = (await person.searchAccount(other, { resolve: true })).data[0];
assert.equal((await person.followAccount(found.id)).data.following, true);
assert.ok((await person.getHomeTimeline()).data.some((entry) => entry.id === reply.id));
assert.ok((await person.getInstance()).data.uri);
console.log(JSON.stringify({ me: me.acct, status: status.id }));
