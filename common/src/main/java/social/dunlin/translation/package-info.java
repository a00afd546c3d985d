/** Posts in another language: {@link social.dunlin.translation.StatusTranslations} by way of a service the administrator names. */
package social.dunlin.translation;
