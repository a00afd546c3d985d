/**
 * Users (a login) and accounts (identities, local and remote): profile, fields, emoji, keys, settings.
 */
package social.dunlin.account;
