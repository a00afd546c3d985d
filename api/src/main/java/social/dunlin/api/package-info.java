/** The role that speaks HTTP with clients, browsers and other servers: resources turn requests into calls of services. */
package social.dunlin.api;
