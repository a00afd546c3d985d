/** Letters to people here: written in their language and handed to the mail server. */
package social.dunlin.federation.worker.letter;
