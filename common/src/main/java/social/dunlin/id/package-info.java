/**
 * Ids and addresses: growing numbers made from a time, and the value types (`Host`, `ObjectUri`) whose
 * constructor is the only place of normalisation. Knows nothing of the rest.
 */
package social.dunlin.id;
