// Uses every method of the npm library `masto` but those of administration, with paging and errors as the library has
// them: one that is never called fails, so a newer library says what it can besides.
// Arguments: base URL, token of one person, token of another. Prints one JSON line.
import assert from 'node:assert/strict';
import { createRestAPIClient, MastoHttpError } from 'masto';
import { allMethods, recorded } from './masto-methods.mjs';

const [base, token, otherToken] = process.argv.slice(2);
const called = new Set();
const masto = recorded(createRestAPIClient({ url: base, accessToken: token }), called);
const other = recorded(createRestAPIClient({ url: base, accessToken: otherToken }), called);
const refused = (status, answer) => assert.rejects(async () => { await answer; }, (error) => error instanceof MastoHttpError && error.statusCode === status);
const { v1, v2 } = masto;

const me = await v1.accounts.verifyCredentials();
const friend = await other.v1.accounts.verifyCredentials();
const post = await other.v1.statuses.create({ status: `The #tide is out @${me.username}`, visibility: 'public' });
const own = await v1.statuses.create({ status: 'My own', visibility: 'public' });
const keep = {};
let number = 0;
const failures = [];
const step = async (name, call) => {
  number += 1;
  try {
    await call();
  } catch (failure) {
    failures.push(`${name}: ${failure.statusCode ?? ''} ${failure.message}`);
  }
};
const steps = async (all) => {
  for (const [name, call] of Object.entries(all)) {
    await step(name, call);
  }
};

const account = v1.accounts.$select(friend.id);
await steps({
  'accounts.follow': () => account.follow({ notify: true, reblogs: true, languages: ['en'] }),
  'accounts.fetch': () => account.fetch(),
  'accounts.fetch several': () => v1.accounts.fetch({ id: [friend.id] }),
  'accounts.endorse': () => account.endorse(),
  'accounts.endorsements': async () => assert.equal((await v1.accounts.$select(me.id).endorsements.list()).length, 1),
  'accounts.unendorse': () => account.unendorse(),
  'accounts.identityProofs': async () => assert.deepEqual(await account.identityProofs.list(), []),
  'accounts.create by a person': () => refused(403, v1.accounts.create({ username: 'x', email: 'x@mail.example', password: 'y', agreement: true, locale: 'en' })),
  'emails.confirmations': () => refused(403, v1.emails.confirmations.create()),
  'accounts.lookup': () => v1.accounts.lookup({ acct: friend.username }),
  'accounts.search': () => v1.accounts.search.list({ q: friend.username }),
  'accounts.relationships': () => v1.accounts.relationships.fetch({ id: [friend.id] }),
  'accounts.familiarFollowers': () => v1.accounts.familiarFollowers.fetch({ id: [friend.id] }),
  'accounts.statuses': () => account.statuses.list({ excludeReplies: true }),
  'accounts.followers': () => account.followers.list(),
  'accounts.following': () => account.following.list(),
  'accounts.featuredTags': () => account.featuredTags.list(),
  'accounts.lists': () => account.lists.list(),
  'accounts.note': () => account.note.create({ comment: 'kind' }),
  'accounts.pin': () => account.pin(),
  'endorsements': () => v1.endorsements.list(),
  'accounts.unpin': () => account.unpin(),
  'accounts.mute': () => account.mute({ notifications: true, duration: 60 }),
  'mutes': () => v1.mutes.list(),
  'accounts.unmute': () => account.unmute(),
  'accounts.removeFromFollowers': () => account.removeFromFollowers(),
  'accounts.updateCredentials': () => v1.accounts.updateCredentials({ displayName: 'Me', note: 'About', discoverable: true,
    fieldsAttributes: [{ name: 'Web', value: 'https://me.example' }], source: { privacy: 'public', language: 'en' } }),
  'profile.fetch': async () => assert.equal((await v1.profile.fetch()).displayName, 'Me'),
  'profile.update': () => v1.profile.update({ displayName: 'Myself', showMedia: true }),
  'profile.avatar.remove': () => v1.profile.avatar.remove(),
  'profile.header.remove': () => v1.profile.header.remove(),
  'preferences': () => v1.preferences.fetch(),
  'apps.create': () => v1.apps.create({ clientName: 'One more', redirectUris: 'urn:ietf:wg:oauth:2.0:oob' }),
  'apps.verifyCredentials': () => v1.apps.verifyCredentials(),
  'directory': () => v1.directory.list({ local: true }),
  'domainBlocks.create': () => v1.domainBlocks.create({ domain: 'bad.example' }),
  'domainBlocks.list': () => v1.domainBlocks.list(),
  'domainBlocks.remove': () => v1.domainBlocks.remove({ domain: 'bad.example' }),
  'suggestions': async () => {
    await v2.suggestions.list();
    await v1.suggestions.list();
    await v1.suggestions.$select(friend.id).remove();
  },
  'featuredTags.create': async () => { keep.featured = await v1.featuredTags.create({ name: 'tide' }); },
  'featuredTags.list': () => v1.featuredTags.list(),
  'featuredTags.suggestions': () => v1.featuredTags.suggestions.list(),
  'featuredTags.remove': () => v1.featuredTags.$select(keep.featured.id).remove(),
  'followedTags': () => v1.followedTags.list(),
  'tags.fetch': () => v1.tags.$select('tide').fetch(),
  'tags.follow': () => v1.tags.$select('tide').follow(),
  'tags.unfollow': () => v1.tags.$select('tide').unfollow(),
  'tags.feature': async () => assert.equal((await v1.tags.$select('tide').feature()).featuring, true),
  'tags.unfeature': async () => assert.equal((await v1.tags.$select('tide').unfeature()).featuring, false),
  'customEmojis': () => v1.customEmojis.list(),
  'announcements.list': async () => { [keep.announcement] = await v1.announcements.list(); assert.ok(keep.announcement); },
  'announcements.react': () => v1.announcements.$select(keep.announcement.id).reactions.$select('🦆').update(),
  'announcements.unreact': () => v1.announcements.$select(keep.announcement.id).reactions.$select('🦆').remove(),
  'announcements.dismiss': () => v1.announcements.$select(keep.announcement.id).dismiss(),
});

const status = v1.statuses.$select(post.id);
await steps({
  'statuses.fetch': () => status.fetch(),
  'statuses.fetch several': () => v1.statuses.fetch({ id: [post.id, own.id] }),
  'statuses.card, gone from Mastodon': () => refused(404, status.card.fetch()),
  'statuses.translate without a translator': () => refused(404, status.translate()),
  'statuses.context': () => status.context.fetch(),
  'statuses.favourite': () => status.favourite(),
  'statuses.favouritedBy': () => status.favouritedBy.list(),
  'favourites': () => v1.favourites.list(),
  'statuses.unfavourite': () => status.unfavourite(),
  'statuses.reblog': () => status.reblog(),
  'statuses.rebloggedBy': () => status.rebloggedBy.list(),
  'statuses.unreblog': () => status.unreblog(),
  'statuses.bookmark': () => status.bookmark(),
  'bookmarks': () => v1.bookmarks.list(),
  'statuses.unbookmark': () => status.unbookmark(),
  'statuses.mute': () => status.mute(),
  'statuses.unmute': () => status.unmute(),
  'statuses.pin': () => v1.statuses.$select(own.id).pin(),
  'statuses.unpin': () => v1.statuses.$select(own.id).unpin(),
  'statuses.update': () => v1.statuses.$select(own.id).update({ status: 'My own, better' }),
  'statuses.source': () => v1.statuses.$select(own.id).source.fetch(),
  'statuses.history': () => v1.statuses.$select(own.id).history.list(),
  'statuses.quote': async () => { keep.quote = await v1.statuses.create({ status: 'Look', quotedStatusId: post.id }); assert.equal(keep.quote.quote.state, 'accepted'); },
  'statuses.quotes': () => other.v1.statuses.$select(post.id).quotes.list(),
  'statuses.interactionPolicy': () => v1.statuses.$select(own.id).interactionPolicy.update({ quoteApprovalPolicy: 'nobody' }),
  'polls': async () => {
    const { poll } = await other.v1.statuses.create({ status: 'Well?', poll: { options: ['Yes', 'No'], expiresIn: 3600 } });
    assert.equal((await v1.polls.$select(poll.id).fetch()).id, poll.id);
    assert.equal((await v1.polls.$select(poll.id).votes.create({ choices: [0] })).voted, true);
  },
  'scheduledStatuses': async () => {
    const scheduled = await v1.statuses.create({ status: 'Later', scheduledAt: new Date(Date.now() + 3_600_000).toISOString() });
    const one = v1.scheduledStatuses.$select(scheduled.id);
    assert.equal((await v1.scheduledStatuses.list()).length, 1);
    await one.fetch();
    await one.update({ scheduledAt: new Date(Date.now() + 7_200_000).toISOString() });
    await one.remove();
  },
  'timelines.home': () => v1.timelines.home.list(),
  'timelines.public': () => v1.timelines.public.list({ local: true, onlyMedia: false }),
  'timelines.direct': () => v1.timelines.direct.list(),
  'timelines.link': () => refused(404, v1.timelines.link.list({ url: 'https://never.example/' })),
  'timelines.tag': () => v1.timelines.tag.$select('tide').list(),
  'paging': async () => {
    const pages = [];
    for await (const page of v1.timelines.public.list({ limit: 2 })) {
      pages.push(page.map((entry) => entry.id));
    }
    assert.equal(new Set(pages.flat()).size, pages.flat().length);
    assert.ok(pages.length > 1);
  },
});

await steps({
  'media': async () => {
    while ((await v2.instance.fetch()).configuration.mediaAttachments.supportedMimeTypes.length === 0) {
      await new Promise((resolve) => { setTimeout(resolve, 200); });
    }
    const file = new Blob([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR4nGP4z8DA8B+MgBgAHfAD/dPQfSYAAAAASUVORK5CYII=', 'base64')], { type: 'image/png' });
    const first = await v2.media.create({ file, description: 'Two by two' });
    assert.equal(first.type, 'image');
    const one = v1.media.$select(first.id);
    assert.equal((await one.fetch()).description, 'Two by two');
    assert.equal((await one.update({ description: 'Four dots' })).description, 'Four dots');
    const second = await v1.media.create({ file });
    const shown = await v1.statuses.create({ status: 'Dots', mediaIds: [first.id, second.id] });
    assert.equal(shown.mediaAttachments.length, 2);
    await refused(404, one.fetch());
  },
  'annualReports': async () => {
    const year = v1.annualReports.$select('2019');
    assert.deepEqual((await v1.annualReports.list()).annualReports, []);
    assert.equal((await year.state.fetch()).state, 'ineligible');
    await refused(422, year.generate());
    await refused(404, year.fetch());
    await refused(404, year.read());
  },
  'lists': async () => {
    const list = await v1.lists.create({ title: 'Friends', repliesPolicy: 'list', exclusive: true });
    const one = v1.lists.$select(list.id);
    await one.accounts.create({ accountIds: [friend.id] });
    assert.equal((await one.accounts.list()).length, 1);
    assert.equal((await one.fetch()).exclusive, true);
    assert.equal((await v1.lists.list()).length, 1);
    await one.update({ title: 'Good friends' });
    await v1.timelines.list.$select(list.id).list();
    await one.accounts.remove({ accountIds: [friend.id] });
    await one.remove();
  },
  'filters': async () => {
    const filter = await v2.filters.create({ title: 'Weather', context: ['home'], filterAction: 'warn', keywordsAttributes: [{ keyword: 'rain', wholeWord: true }] });
    const one = v2.filters.$select(filter.id);
    await one.fetch();
    await one.update({ title: 'All weather' });
    const keyword = await one.keywords.create({ keyword: 'snow' });
    assert.equal((await one.keywords.list()).length, 2);
    await v2.filters.keywords.$select(keyword.id).update({ keyword: 'hail' });
    await v2.filters.keywords.$select(keyword.id).fetch();
    await v2.filters.keywords.$select(keyword.id).remove();
    const single = await one.statuses.create({ statusId: post.id });
    await one.statuses.list();
    await v2.filters.statuses.$select(single.id).fetch();
    await v2.filters.statuses.$select(single.id).remove();
    assert.equal((await v2.filters.list()).length, 1);
    await one.remove();
  },
  'filters of the first form': async () => {
    const filter = await v1.filters.create({ phrase: 'fog', context: ['home'], wholeWord: true });
    const one = v1.filters.$select(filter.id);
    await one.fetch();
    assert.equal((await one.update({ phrase: 'mist', context: ['home'] })).phrase, 'mist');
    assert.equal((await v1.filters.list()).length, 1);
    await one.remove();
  },
  'notifications set aside': async () => {
    await v2.notifications.policy.update({ forNotFollowing: 'filter' });
    await account.unfollow();
    const waiting = async () => {
      await other.v1.statuses.create({ status: `@${me.username} hello` });
      const [request] = await v1.notifications.requests.list();
      assert.equal(request.account.id, friend.id);
      return request.id;
    };
    const { requests } = v1.notifications;
    const first = await waiting();
    await requests.$select(first).fetch();
    await requests.$select(first).dismiss();
    await requests.dismiss({ id: [await waiting()] });
    const last = await waiting();
    await requests.$select(last).accept();
    await requests.accept({ id: [last] });
    await v2.notifications.policy.update({ forNotFollowing: 'accept' });
    assert.equal((await requests.merged.fetch()).merged, true);
    await account.follow();
  },
  'notifications': async () => {
    await other.v1.statuses.$select(own.id).favourite();
    const [first] = await v1.notifications.list();
    await v1.notifications.$select(first.id).fetch();
    await v1.notifications.fetch({ limit: 1 });
    await v1.notifications.unreadCount.fetch();
    const grouped = await v2.notifications.list();
    const key = grouped.notificationGroups[0].groupKey;
    await v2.notifications.$select(key).fetch();
    await v2.notifications.$select(key).accounts.fetch();
    await v2.notifications.unreadCount.fetch();
    await v2.notifications.$select(key).dismiss();
    await v2.notifications.policy.fetch();
    await v2.notifications.policy.update({ forBots: 'filter' });
    await v1.notifications.requests.list();
    await v1.notifications.$select(first.id).dismiss();
    await v1.notifications.clear();
  },
  'conversations': async () => {
    await account.follow();
    await other.v1.statuses.create({ status: `@${me.username} psst`, visibility: 'direct' });
    const [conversation] = await v1.conversations.list();
    await v1.conversations.$select(conversation.id).read();
    await v1.conversations.$select(conversation.id).unread();
    await v1.conversations.$select(conversation.id).remove();
  },
  'collections': async () => {
    await other.v1.accounts.updateCredentials({ discoverable: true });
    const { collection } = await v1.collections.create({ name: 'Birders', sensitive: false, discoverable: true, accountIds: [friend.id] });
    const one = v1.collections.$select(collection.id);
    assert.equal((await one.fetch()).accounts.length, 2);
    assert.equal((await one.update({ name: 'Waders' })).collection.name, 'Waders');
    assert.equal((await v1.accounts.$select(me.id).collections.list()).collections.length, 1);
    assert.equal((await other.v1.accounts.$select(friend.id).inCollections.list()).collections.length, 1);
    await one.items.$select(collection.items[0].id).remove();
    const { collectionItem } = await one.items.create({ accountId: friend.id });
    await other.v1.collections.$select(collection.id).items.$select(collectionItem.id).revoke();
    await one.remove();
  },
  'markers': async () => {
    await v1.markers.create({ home: { lastReadId: post.id } });
    await v1.markers.fetch({ timeline: ['home'] });
  },
  'push': async () => {
    await v1.push.subscription.create({ subscription: { endpoint: 'https://push.example/1', keys: {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' } },
    data: { alerts: { mention: true } } });
    await v1.push.subscription.fetch();
    await v1.push.subscription.update({ data: { alerts: { follow: true } } });
    await v1.push.subscription.remove();
  },
  'reports': () => v1.reports.create({ accountId: friend.id, statusIds: [post.id], comment: 'rude' }),
  'search': async () => {
    assert.ok((await v2.search.list({ q: 'tide' })).hashtags.length > 0);
    assert.ok((await v1.search.list({ q: 'tide' })).hashtags.includes('tide'));
  },
  'trends': async () => {
    await v1.trends.tags.list();
    await v1.trends.statuses.list();
    await v1.trends.links.list();
  },
  'instance': async () => {
    const instance = await v2.instance.fetch();
    assert.equal(instance.domain, new URL(base).host);
    await v1.instance.fetch();
    await v1.instance.peers.list();
    await v1.instance.activity.list();
    await refused(404, v1.instance.domainBlocks.fetch());
    await v1.instance.languages.list();
    await v1.instance.extendedDescription.fetch();
    await v1.instance.translationLanguages.list();
  },
  'followRequests': async () => {
    await v1.accounts.updateCredentials({ locked: true });
    await other.v1.accounts.$select(me.id).follow();
    assert.equal((await v1.followRequests.list()).length, 1);
    await v1.followRequests.$select(friend.id).reject();
    await other.v1.accounts.$select(me.id).follow();
    await v1.followRequests.$select(friend.id).authorize();
    await v1.accounts.updateCredentials({ locked: false });
  },
  'blocks': async () => {
    await account.block();
    assert.equal((await v1.blocks.list()).length, 1);
    await account.unblock();
    await account.unfollow();
  },
  'errors': () => assert.rejects(v1.statuses.$select('1').fetch(), (error) => error instanceof MastoHttpError && error.statusCode === 404),
  'statuses.remove': () => v1.statuses.$select(own.id).remove(),
});
assert.deepEqual(failures, []);
assert.deepEqual(allMethods().filter((name) => !called.has(name)), []);
console.log(JSON.stringify({ steps: number, methods: called.size }));
