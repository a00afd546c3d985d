// Watches streams with the npm libraries `masto` (WebSocket) and `megalodon` (WebSocket) and by server-sent events
// while another account posts, edits, mentions and deletes in another process. Then the author asks for the end, and
// whoever runs this ends the watcher's token. Arguments: base URL of the watcher's process, token, base URL of the
// author's process, author's token, the text that asks for the end. Prints one JSON line.
import assert from 'node:assert/strict';
import { createRestAPIClient, createStreamingAPIClient } from 'masto';
import generator from 'megalodon';
import WebSocket from 'ws';

const [base, token, otherBase, otherToken, ending] = process.argv.slice(2);
// The library is written for Node 22.
globalThis.WebSocket ??= WebSocket;
Promise.withResolvers ??= () => {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};
const patience = 120_000;
const within = (what, promise) => Promise.race([promise,
  new Promise((_, fail) => { setTimeout(() => fail(new Error(`did not happen: ${what}`)), patience).unref(); })]);

const watcher = createRestAPIClient({ url: base, accessToken: token });
const author = createRestAPIClient({ url: otherBase, accessToken: otherToken });
const instance = await watcher.v2.instance.fetch();
const streamingApiUrl = instance.configuration.urls.streaming;
assert.equal(streamingApiUrl, base.replace(/^http/, 'ws'));

// masto: several streams on one socket, the token as a protocol.
const masto = createStreamingAPIClient({ streamingApiUrl, accessToken: token, implementation: WebSocket });
const user = masto.user.subscribe()[Symbol.asyncIterator]();
const tag = masto.hashtag.subscribe({ tag: 'Tide' })[Symbol.asyncIterator]();
const next = async (events, name) => {
  const { value } = await within(name, events.next());
  assert.equal(value.event, name);
  return value.payload;
};

// megalodon: one socket per stream, the token in the address.
const megalodon = generator('mastodon', base, token);
const stream = await megalodon.userStreaming();
const heard = { update: [], status_update: [], delete: [], notification: [] };
for (const name of Object.keys(heard)) {
  stream.on(name, (value) => heard[name].push(value));
}
const mega = async (name) => {
  await within(`megalodon ${name}`, (async () => {
    while (heard[name].length === 0) {
      await new Promise((again) => { setTimeout(again, 20); });
    }
  })());
  return heard[name].shift();
};
await within('megalodon connects', new Promise((ready) => { stream.on('connect', ready); }));

// An event source, read as bytes.
const source = await fetch(`${base}/api/v1/streaming/public/local/`, { headers: { Authorization: `Bearer ${token}` } });
assert.equal(source.headers.get('content-type'), 'text/event-stream');
const reader = source.body.pipeThrough(new TextDecoderStream()).getReader();
let text = '';
const line = async (wanted) => {
  await within(`server-sent ${wanted}`, (async () => {
    while (!text.includes(wanted)) {
      const { value, done } = await reader.read();
      assert.ok(!done, 'the event source ended');
      text += value;
    }
  })());
};
await line(':)\n');

// Subscriptions begin with the first next() and are sent without waiting for an answer: a post is repeated until it is seen.
const tagged = tag.next();
const first = user.next();
const probe = async () => {
  for (;;) {
    await author.v1.statuses.create({ status: `Are you there? ${Math.random()}` });
    const seen = await Promise.race([first, new Promise((later) => { setTimeout(() => later(null), 1000); })]);
    if (seen) {
      return seen;
    }
  }
};
assert.equal((await within('a first post', probe())).value.event, 'update');
await mega('update');

const drain = async (events, id) => {
  for (;;) {
    const { value } = await within(`post ${id}`, events.next());
    if (value.event === 'update' && value.payload.id === id) {
      return value.payload;
    }
  }
};
const status = await author.v1.statuses.create({ status: 'The #tide is out' });
assert.equal((await drain(user, status.id)).content, status.content);
assert.equal((await within('a tagged post', tagged)).value.payload.id, status.id);
await line(`"id":"${status.id}"`);
const edited = await author.v1.statuses.$select(status.id).update({ status: 'The #tide is in' });
assert.equal((await next(user, 'status.update')).content, edited.content);
assert.equal((await mega('status_update')).id, status.id);
const me = await watcher.v1.accounts.verifyCredentials();
await author.v1.statuses.create({ status: `@${me.acct} look`, visibility: 'direct' });
const events = [await within('mention', user.next()), await within('mention at home', user.next())].map((event) => event.value.event);
assert.deepEqual(events.sort(), ['notification', 'update']);
assert.equal((await mega('notification')).type, 'mention');
await author.v1.statuses.$select(status.id).remove();
assert.equal(await next(user, 'delete'), status.id);
assert.equal(await mega('delete'), status.id);

// The end of the token is the end of everything opened with it.
const closed = new Promise((end) => { stream.on('close', end); });
await author.v1.statuses.create({ status: ending });
await within('the event source ends', (async () => { for (let step = { done: false }; !step.done;) { step = await reader.read(); } })());
await within('megalodon is closed', closed);
const refused = new WebSocket(`${streamingApiUrl}/api/v1/streaming?access_token=${token}`);
assert.equal(await within('a refusal', new Promise((end) => { refused.on('unexpected-response', (_, response) => end(response.statusCode)); })), 401);
console.log(JSON.stringify({ status: status.id }));
process.exit(0);
