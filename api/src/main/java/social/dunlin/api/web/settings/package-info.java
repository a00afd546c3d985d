/** What people set in the browser about an account of theirs: moving, taking data along, leaving. Forms without scripts. */
package social.dunlin.api.web.settings;
