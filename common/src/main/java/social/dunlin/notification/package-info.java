/**
 * What people are told: {@link social.dunlin.notification.NotificationService} writes it with its cause and by the
 * receiver's own rules; listing, dismissing, counting.
 */
package social.dunlin.notification;
