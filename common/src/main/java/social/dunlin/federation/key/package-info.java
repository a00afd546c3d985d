/** The keys local accounts sign with. */
package social.dunlin.federation.key;
