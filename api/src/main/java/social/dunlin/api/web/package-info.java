/**
 * Pages for people, rendered on the server: the shared layout ({@code templates/layout.html}), its texts
 * ({@link social.dunlin.api.web.Messages}), log-in and error pages; and the public pages (landing page, profile, post, tag,
 * about) with theirs ({@link social.dunlin.api.web.PageMessages}). Public pages are made of what the API's renderers give
 * an anonymous reader ({@link social.dunlin.api.web.PostViews}), so they can never show more. Every page works without
 * JavaScript.
 */
package social.dunlin.api.web;
