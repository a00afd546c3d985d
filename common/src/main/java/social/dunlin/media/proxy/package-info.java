/**
 * Pictures, films and sounds of other servers as readers here get them: from us, so that no other server learns who reads
 * what. {@link social.dunlin.media.proxy.MediaAddresses} is the one place that says under which address;
 * {@link social.dunlin.media.proxy.MediaProxy} answers at it.
 */
package social.dunlin.media.proxy;
