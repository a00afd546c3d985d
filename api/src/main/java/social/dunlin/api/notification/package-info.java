/** Notifications, one by one ({@code v1}) and grouped ({@code v2}): the same rows, the same ids. */
package social.dunlin.api.notification;
