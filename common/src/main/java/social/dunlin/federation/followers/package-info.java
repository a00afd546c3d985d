/**
 * Two servers compare who of one follows somebody of the other (FEP-8fcf), so that a lost Undo or Accept mends itself.
 */
package social.dunlin.federation.followers;
