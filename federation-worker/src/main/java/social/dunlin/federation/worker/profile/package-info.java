/** Looks whether the pages that profiles name link back. */
package social.dunlin.federation.worker.profile;
