/**
 * Ids: our own growing numbers, and the names of things that cross servers, hosts and object ids. Each of the latter is a
 * record whose constructor is the only place of normalisation, so that two equal values are the same thing everywhere,
 * and nothing refused here is ever seen further in.
 */
package social.dunlin.id;
