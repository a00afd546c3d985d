/**
 * Pages for people, rendered on the server: the shared layout ({@code templates/layout.html}), the texts
 * ({@link social.dunlin.api.web.Messages}), log-in and error pages. Every page works without JavaScript.
 */
package social.dunlin.api.web;
