/** What every answer carries whichever resource gives it: request id, CORS, caching, and the methods Rails treats alike. */
package social.dunlin.api.http;
