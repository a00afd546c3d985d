/**
 * The one way out: every request to an address that a stranger could have chosen goes through {@code GuardedHttpClient}.
 * It connects only to global addresses and only to the very address it has checked, follows few redirects and checks each
 * again, and bounds time, size, number and kind of what comes back. Blocking, made for virtual threads.
 */
package social.dunlin.federation.http;
