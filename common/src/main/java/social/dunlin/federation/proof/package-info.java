/** Integrity proofs (FEP-8b32) of activities: whose they are, and ours. */
package social.dunlin.federation.proof;
