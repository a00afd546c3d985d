/** Letters to people here, by the operator's own mail server. */
package social.dunlin.mail;
