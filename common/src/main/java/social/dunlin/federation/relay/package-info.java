/**
 * Relays (federation reference §6.4, FEP-ae0c): servers that pass the public posts of small places on to each other.
 */
package social.dunlin.federation.relay;
