/** Reports to the moderators. */
package social.dunlin.api.report;
