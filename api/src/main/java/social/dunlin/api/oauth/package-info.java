/** The OAuth2 endpoints that clients call (reference: behaviours §6): applications, authorize page, tokens, userinfo, metadata. */
package social.dunlin.api.oauth;
