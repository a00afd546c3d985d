/**
 * Dunlin as the OAuth2 provider of its clients: applications, codes, tokens, scopes and browser sessions.
 * Tokens, secrets, codes and session ids are random and opaque; only their SHA-256 hashes are stored.
 */
package social.dunlin.oauth;
