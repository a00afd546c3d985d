/** What the reader has with others in private. */
package social.dunlin.api.conversation;
