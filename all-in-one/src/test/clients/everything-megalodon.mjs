// Uses every method of the npm library `megalodon` that Mastodon answers. Each call stands under the method's name; a
// method of the library that stands nowhere is an error, so a newer library says what it can besides.
// Arguments: base URL, token of one person, token of another, the second one's name. Prints one JSON line.
import assert from 'node:assert/strict';
import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import generator from 'megalodon';

const [base, token, otherToken, otherName] = process.argv.slice(2);
const client = generator('mastodon', base, token);
const other = generator('mastodon', base, otherToken);
const data = async (answer) => (await answer).data;

// Signing in and up have tests of their own; streams too.
const ELSEWHERE = ['constructor', 'cancel', 'registerApp', 'createApp', 'generateAuthUrl', 'fetchAccessToken', 'revokeToken', 'registerAccount',
  'streamingURL', 'userStreaming', 'publicStreaming', 'localStreaming', 'tagStreaming', 'listStreaming', 'directStreaming'];
// Mastodon has no such method, so the library throws.
const NOT_IN_MASTODON = ['getAccountFavourites', 'createEmojiReaction', 'deleteEmojiReaction', 'getEmojiReactions', 'getEmojiReaction', 'readNotifications',
  'refreshToken', 'urlToAccounts'];

const me = await data(client.verifyAccountCredentials());
const friend = await data(other.verifyAccountCredentials());
const post = await data(other.postStatus('The #tide is out', { visibility: 'public' }));
const own = await data(client.postStatus('My own', { visibility: 'unlisted' }));
const later = new Date(Date.now() + 3_600_000).toISOString();
const keep = {};

const calls = {
  verifyAppCredentials: () => client.verifyAppCredentials(),
  verifyAccountCredentials: () => client.verifyAccountCredentials(),
  updateCredentials: () => client.updateCredentials({ display_name: 'Carol', note: 'A note', discoverable: true, fields_attributes: [{ name: 'a', value: 'b' }] }),
  getAccount: () => client.getAccount(friend.id),
  followAccount: () => client.followAccount(friend.id, { reblog: true }),
  subscribeAccount: () => client.subscribeAccount(friend.id),
  unsubscribeAccount: () => client.unsubscribeAccount(friend.id),
  getAccountStatuses: () => client.getAccountStatuses(friend.id, { limit: 5 }),
  getAccountFollowers: () => client.getAccountFollowers(friend.id),
  getAccountFollowing: () => client.getAccountFollowing(me.id),
  setAccountNote: () => client.setAccountNote(friend.id, 'kind'),
  pinAccount: () => client.pinAccount(friend.id),
  getEndorsements: () => client.getEndorsements(),
  unpinAccount: () => client.unpinAccount(friend.id),
  muteAccount: () => client.muteAccount(friend.id, true),
  getMutes: () => client.getMutes(),
  unmuteAccount: () => client.unmuteAccount(friend.id),
  getIdentityProof: async () => assert.deepEqual(await data(client.getIdentityProof(friend.id)), []),
  getRelationship: () => client.getRelationship(friend.id),
  getRelationships: () => client.getRelationships([friend.id, me.id]),
  searchAccount: () => client.searchAccount(otherName, { resolve: true, limit: 3 }),
  lookupAccount: () => client.lookupAccount(otherName),
  blockDomain: () => client.blockDomain('bad.example'),
  getDomainBlocks: () => client.getDomainBlocks(),
  unblockDomain: () => client.unblockDomain('bad.example'),
  createFilter: async () => { keep.filter = await data(client.createFilter('rain', ['home', 'public'], { whole_word: true })); },
  getFilters: () => client.getFilters(),
  getFilter: () => client.getFilter(keep.filter.id),
  updateFilter: () => client.updateFilter(keep.filter.id, 'snow', ['home']),
  deleteFilter: () => client.deleteFilter(keep.filter.id),
  report: () => client.report(friend.id, { comment: 'rude', status_ids: [post.id], category: 'other' }),
  getFollowRequests: async () => {
    await client.updateCredentials({ locked: true });
    await other.followAccount(me.id);
    assert.equal((await data(client.getFollowRequests())).length, 1);
  },
  rejectFollowRequest: () => client.rejectFollowRequest(friend.id),
  acceptFollowRequest: async () => {
    await other.followAccount(me.id);
    await client.acceptFollowRequest(friend.id);
    await client.updateCredentials({ locked: false });
  },
  createFeaturedTag: async () => { keep.featured = await data(client.createFeaturedTag('tide')); },
  getFeaturedTags: () => client.getFeaturedTags(),
  deleteFeaturedTag: () => client.deleteFeaturedTag(keep.featured.id),
  getSuggestedTags: () => client.getSuggestedTags(),
  getPreferences: () => client.getPreferences(),
  getSuggestions: () => client.getSuggestions(),
  getTag: () => client.getTag('tide'),
  followTag: () => client.followTag('tide'),
  getFollowedTags: () => client.getFollowedTags(),
  unfollowTag: () => client.unfollowTag('tide'),
  postStatus: async () => {
    keep.poll = (await data(other.postStatus('Well?', { poll: { options: ['Yes', 'No'], expires_in: 3600 } }))).poll;
    keep.scheduled = await data(client.postStatus('Later', { scheduled_at: later }));
    keep.quote = await data(client.postStatus('Look', { quote_id: post.id }));
  },
  uploadMedia: async () => {
    while ((await data(client.getInstance())).configuration.media_attachments.supported_mime_types.length === 0) {
      await new Promise((resolve) => { setTimeout(resolve, 200); });
    }
    const file = join(mkdtempSync(join(tmpdir(), 'dots-')), 'dots.png');
    writeFileSync(file, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR4nGP4z8DA8B+MgBgAHfAD/dPQfSYAAAAASUVORK5CYII=', 'base64'));
    keep.media = await data(client.uploadMedia(createReadStream(file), { description: 'Two by two' }));
    assert.equal(keep.media.type, 'image');
  },
  getMedia: async () => assert.equal((await data(client.getMedia(keep.media.id))).description, 'Two by two'),
  updateMedia: () => client.updateMedia(keep.media.id, { description: 'Four dots' }),
  getStatus: () => client.getStatus(post.id),
  editStatus: () => client.editStatus(own.id, { status: 'My own, better' }),
  getStatusContext: () => client.getStatusContext(post.id),
  getStatusSource: () => client.getStatusSource(own.id),
  favouriteStatus: () => client.favouriteStatus(post.id),
  getFavourites: () => client.getFavourites(),
  getStatusFavouritedBy: () => client.getStatusFavouritedBy(post.id),
  unfavouriteStatus: () => client.unfavouriteStatus(post.id),
  reblogStatus: () => client.reblogStatus(post.id),
  getStatusRebloggedBy: () => client.getStatusRebloggedBy(post.id),
  unreblogStatus: () => client.unreblogStatus(post.id),
  bookmarkStatus: () => client.bookmarkStatus(post.id),
  getBookmarks: () => client.getBookmarks(),
  unbookmarkStatus: () => client.unbookmarkStatus(post.id),
  muteStatus: () => client.muteStatus(own.id),
  unmuteStatus: () => client.unmuteStatus(own.id),
  pinStatus: () => client.pinStatus(own.id),
  unpinStatus: () => client.unpinStatus(own.id),
  getPoll: () => client.getPoll(keep.poll.id),
  votePoll: () => client.votePoll(keep.poll.id, [0]),
  getScheduledStatuses: () => client.getScheduledStatuses(),
  getScheduledStatus: () => client.getScheduledStatus(keep.scheduled.id),
  scheduleStatus: () => client.scheduleStatus(keep.scheduled.id, new Date(Date.now() + 7_200_000).toISOString()),
  cancelScheduledStatus: () => client.cancelScheduledStatus(keep.scheduled.id),
  getPublicTimeline: () => client.getPublicTimeline({ limit: 5 }),
  getLocalTimeline: () => client.getLocalTimeline(),
  getTagTimeline: () => client.getTagTimeline('tide'),
  getHomeTimeline: () => client.getHomeTimeline(),
  createList: async () => { keep.list = await data(client.createList('Friends')); },
  getLists: () => client.getLists(),
  getList: () => client.getList(keep.list.id),
  updateList: () => client.updateList(keep.list.id, 'Good friends'),
  addAccountsToList: () => client.addAccountsToList(keep.list.id, [friend.id]),
  getAccountsInList: () => client.getAccountsInList(keep.list.id),
  getAccountLists: () => client.getAccountLists(friend.id),
  getListTimeline: () => client.getListTimeline(keep.list.id),
  deleteAccountsFromList: () => client.deleteAccountsFromList(keep.list.id, [friend.id]),
  deleteList: () => client.deleteList(keep.list.id),
  getConversationTimeline: async () => {
    await other.postStatus(`@${me.username} psst`, { visibility: 'direct' });
    // Of whom one follows it is shown at once.
    [keep.conversation] = await data(client.getConversationTimeline());
    assert.ok(keep.conversation);
  },
  readConversation: () => client.readConversation(keep.conversation.id),
  deleteConversation: () => client.deleteConversation(keep.conversation.id),
  saveMarkers: () => client.saveMarkers({ home: { last_read_id: post.id } }),
  getMarkers: () => client.getMarkers(['home']),
  getNotifications: async () => {
    [keep.notification] = await data(client.getNotifications({ limit: 5 }));
    assert.ok(keep.notification);
  },
  getNotification: () => client.getNotification(keep.notification.id),
  dismissNotification: () => client.dismissNotification(keep.notification.id),
  dismissNotifications: () => client.dismissNotifications(),
  subscribePushNotification: () => client.subscribePushNotification({ endpoint: 'https://push.example/1', keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' } },
  { alerts: { follow: true } }),
  getPushSubscription: () => client.getPushSubscription(),
  updatePushSubscription: () => client.updatePushSubscription({ alerts: { mention: true } }),
  deletePushSubscription: () => client.deletePushSubscription(),
  search: () => client.search(otherName, { type: 'accounts', limit: 5 }),
  getInstance: () => client.getInstance(),
  getInstancePeers: () => client.getInstancePeers(),
  getInstanceActivity: () => client.getInstanceActivity(),
  getInstanceTrends: () => client.getInstanceTrends(5),
  getInstanceDirectory: () => client.getInstanceDirectory({ limit: 5, order: 'new', local: true }),
  getInstanceCustomEmojis: () => client.getInstanceCustomEmojis(),
  getInstanceAnnouncements: async () => {
    [keep.announcement] = await data(client.getInstanceAnnouncements());
    assert.ok(keep.announcement);
  },
  addReactionToAnnouncement: () => client.addReactionToAnnouncement(keep.announcement.id, '🦆'),
  removeReactionFromAnnouncement: () => client.removeReactionFromAnnouncement(keep.announcement.id, '🦆'),
  dismissInstanceAnnouncement: () => client.dismissInstanceAnnouncement(keep.announcement.id),
  blockAccount: () => client.blockAccount(friend.id),
  getBlocks: () => client.getBlocks(),
  unblockAccount: () => client.unblockAccount(friend.id),
  unfollowAccount: () => client.unfollowAccount(friend.id),
  deleteStatus: () => client.deleteStatus(own.id),
};

const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(client)).filter((name) => typeof client[name] === 'function');
const known = new Set([...ELSEWHERE, ...NOT_IN_MASTODON, ...Object.keys(calls)]);
assert.deepEqual(methods.filter((name) => !known.has(name)), []);
assert.deepEqual(Object.keys(calls).filter((name) => !methods.includes(name)), []);

const failures = [];
for (const [name, call] of Object.entries(calls)) {
  try {
    await call();
  } catch (failure) {
    failures.push(`${name}: ${failure.message} ${JSON.stringify(failure.response?.data ?? '')}`);
  }
}
assert.deepEqual(failures, []);
console.log(JSON.stringify({ methods: Object.keys(calls).length }));
