/** People whom somebody recommends to others: {@link social.dunlin.collection.CollectionService}. */
package social.dunlin.collection;
