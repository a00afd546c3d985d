/** How refusals and defects look from outside: JSON for programs, a page for people, details only in the log. */
package social.dunlin.api.error;
