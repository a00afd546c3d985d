// Uses every resource of the npm library `masto` that Dunlin answers, with paging and errors as the library has them.
// Arguments: base URL, token of one person, token of another. Prints one JSON line.
import assert from 'node:assert/strict';
import { createRestAPIClient, MastoHttpError } from 'masto';

const [base, token, otherToken] = process.argv.slice(2);
const masto = createRestAPIClient({ url: base, accessToken: token });
const other = createRestAPIClient({ url: base, accessToken: otherToken });
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
  'accounts.list': () => v1.accounts.list({ id: [friend.id] }),
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
  'apps.verifyCredentials': () => v1.apps.verifyCredentials(),
  'directory': () => v1.directory.list({ local: true }),
  'domainBlocks.create': () => v1.domainBlocks.create({ domain: 'bad.example' }),
  'domainBlocks.list': () => v1.domainBlocks.list(),
  'domainBlocks.remove': () => v1.domainBlocks.remove({ domain: 'bad.example' }),
  'suggestions': () => v2.suggestions.list(),
  'featuredTags.create': async () => { keep.featured = await v1.featuredTags.create({ name: 'tide' }); },
  'featuredTags.list': () => v1.featuredTags.list(),
  'featuredTags.suggestions': () => v1.featuredTags.suggestions.list(),
  'featuredTags.remove': () => v1.featuredTags.$select(keep.featured.id).remove(),
  'followedTags': () => v1.followedTags.list(),
  'tags.fetch': () => v1.tags.$select('tide').fetch(),
  'tags.follow': () => v1.tags.$select('tide').follow(),
  'tags.unfollow': () => v1.tags.$select('tide').unfollow(),
  'customEmojis': () => v1.customEmojis.list(),
  'announcements.list': async () => { [keep.announcement] = await v1.announcements.list(); assert.ok(keep.announcement); },
  'announcements.react': () => v1.announcements.$select(keep.announcement.id).reactions.$select('🦆').update(),
  'announcements.unreact': () => v1.announcements.$select(keep.announcement.id).reactions.$select('🦆').remove(),
  'announcements.dismiss': () => v1.announcements.$select(keep.announcement.id).dismiss(),
});

const status = v1.statuses.$select(post.id);
await steps({
  'statuses.fetch': () => status.fetch(),
  'statuses.list': () => v1.statuses.list({ id: [post.id, own.id] }),
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
  'notifications': async () => {
    await other.v1.statuses.$select(own.id).favourite();
    const [first] = await v1.notifications.list();
    await v1.notifications.$select(first.id).fetch();
    await v1.notifications.unreadCount.fetch();
    const grouped = await v2.notifications.list();
    const key = grouped.notificationGroups[0].groupKey;
    await v2.notifications.$select(key).fetch();
    await v2.notifications.$select(key).accounts.list();
    await v2.notifications.unreadCount.fetch();
    await v2.notifications.$select(key).dismiss();
    await v2.notifications.policy.fetch();
    await v2.notifications.policy.update({ forBots: 'filter' });
    await v1.notifications.requests.list();
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
  'search': async () => assert.ok((await v2.search.list({ q: 'tide' })).hashtags.length > 0),
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
    await v1.instance.rules.list();
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
console.log(JSON.stringify({ steps: number }));
