package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A vote: a Note with the option's text for a name and no content, to the poll's author alone (federation reference §3.5). */
public final class VoteDocument {
    private VoteDocument() {
    }

    /** @param id of the vote; the Create's is the same with {@code /activity} */
    public static ObjectNode create(String id, String voter, String option, String poll, String pollAuthor) {
        ObjectNode json = Json.object().put("id", id + "/activity").put("type", "Create").put("actor", voter).put("to", pollAuthor);
        json.putObject("object").put("id", id).put("type", "Note").put("name", option).put("attributedTo", voter).put("to", pollAuthor)
                .put("inReplyTo", poll);
        return Json.withContext(Contexts.PLAIN, json);
    }
}
