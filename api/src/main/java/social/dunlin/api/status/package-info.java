/** {@code /api/v1/statuses} and {@code /api/v1/polls}: writing, reading and acting on posts. */
package social.dunlin.api.status;
