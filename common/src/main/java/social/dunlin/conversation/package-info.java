/** What people have in private with the same others in one thread: {@link social.dunlin.conversation.PrivateConversations}. */
package social.dunlin.conversation;
