/**
 * Where the bytes of media lie. {@link social.dunlin.media.blob.BlobStore} is the interface,
 * {@link social.dunlin.media.blob.BlobKey} names a blob and says its type; one test contract holds for all stores.
 */
package social.dunlin.media.blob;
