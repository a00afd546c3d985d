/**
 * HTTP signatures of both kinds the fediverse speaks: draft-cavage and RFC 9421. Signing follows the narrowest form that
 * every known server takes, verifying takes the union of what they send; what must be covered, by whom and how long it
 * counts is decided here and nowhere else. Also the keys themselves (PEM, Multikey) and the follower digest of FEP-8fcf.
 */
package social.dunlin.federation.signature;
