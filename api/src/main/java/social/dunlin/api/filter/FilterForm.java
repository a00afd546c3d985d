package social.dunlin.api.filter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import social.dunlin.api.request.Parameters;
import social.dunlin.filter.FilterAction;
import social.dunlin.filter.FilterChange;
import social.dunlin.filter.FilterChange.Expiry;
import social.dunlin.filter.FilterChange.KeywordChange;
import social.dunlin.filter.FilterContext;
import social.dunlin.refusal.Refusal;

/** What a client wants of a filter. Missing and empty differ: an empty {@code expires_in} means never. */
final class FilterForm {
    private static final int LONGEST_LIST = 1_000;

    private FilterForm() {
    }

    static FilterChange read(Parameters parameters) {
        return new FilterChange(parameters.text("title").orElse(null), contexts(parameters), action(parameters), expiry(parameters),
            parameters.objects("keywords_attributes").stream().limit(LONGEST_LIST).map(FilterForm::keyword).toList());
    }

    static KeywordChange keyword(Parameters parameters) {
        return new KeywordChange(parameters.id("id").orElse(null), parameters.text("keyword").orElse(null),
            parameters.flag("whole_word").orElse(null), parameters.flag("_destroy", false));
    }

    static List<FilterContext> contexts(Parameters parameters) {
        if (!parameters.has("context")) {
            return null;
        }
        List<Optional<FilterContext>> wanted = parameters.texts("context").stream().map(FilterContext::ofApiName).toList();
        if (wanted.isEmpty() || wanted.stream().anyMatch(Optional::isEmpty)) {
            throw Refusal.invalid("Context none or invalid context supplied");
        }
        return wanted.stream().map(Optional::get).toList();
    }

    private static FilterAction action(Parameters parameters) {
        return parameters.text("filter_action").filter(text -> !text.isBlank())
            .map(name -> FilterAction.ofApiName(name).orElseThrow(() -> Refusal.invalid("Action is not included in the list"))).orElse(null);
    }

    static Expiry expiry(Parameters parameters) {
        return parameters.has("expires_in")
            ? new Expiry(parameters.number("expires_in").map(seconds -> Duration.ofSeconds(Math.max(0, seconds))).orElse(null)) : null;
    }
}
