package social.dunlin.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.dunlin.id.Snowflakes;

/**
 * What somebody typed to find posts (behaviours §18): words, "phrases", what is not wanted with a minus, and operators.
 * An operator that is not understood is taken for words, as anything else that people type.
 *
 * @param words   a PostgreSQL query of the words, "" = none
 * @param firstId of posts by their time, as is {@code lastId}; null = whenever
 */
record SearchQuery(String words, List<Filter> filters, Long firstId, Long lastId) {
    private static final int LONGEST = 500;
    private static final int MOST_TERMS = 20;
    private static final Pattern TERM = Pattern.compile("(-)?(?:([a-z]+):)?(?:\"([^\"]*)\"|(\\S+))", Pattern.CASE_INSENSITIVE);

    /** A condition besides words. */
    sealed interface Filter {
        boolean negated();

        /** @param handle {@code me}, {@code name} or {@code name@host}, without a sign before it */
        record From(String handle, boolean negated) implements Filter {
        }

        /** @param kind media, image, video, audio, poll, link or embed */
        record Has(String kind, boolean negated) implements Filter {
        }

        /** @param kind reply or sensitive */
        record Is(String kind, boolean negated) implements Filter {
        }

        /** @param place library (one's own and what one has touched) or public */
        record In(String place, boolean negated) implements Filter {
        }

        record InLanguage(String code, boolean negated) implements Filter {
        }
    }

    boolean isEmpty() {
        return words.isEmpty() && filters.isEmpty() && firstId == null && lastId == null;
    }

    static SearchQuery parse(String typed) {
        String text = typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed;
        Matcher term = TERM.matcher(text);
        List<String> words = new ArrayList<>();
        List<Filter> filters = new ArrayList<>();
        long first = 0;
        long last = Long.MAX_VALUE;
        for (int number = 0; number < MOST_TERMS && term.find(); number++) {
            boolean negated = term.group(1) != null;
            String operator = term.group(2) == null ? "" : term.group(2).toLowerCase(Locale.ROOT);
            String value = term.group(3) != null ? term.group(3) : term.group(4);
            Days days = operator.isEmpty() || negated ? null : days(operator, value);
            Filter filter = filter(operator, value, negated);
            if (days != null) {
                first = Math.max(first, days.first);
                last = Math.min(last, days.last);
            } else if (filter != null) {
                filters.add(filter);
            } else if (!operator.equals("in") || !value.equalsIgnoreCase("all")) {
                boolean unfinished = !negated && term.group(3) == null && term.end() == text.length();
                addWords(words, operator.isEmpty() ? value : operator + " " + value, negated, unfinished);
            }
        }
        return new SearchQuery(String.join(" & ", words), List.copyOf(filters), first == 0 ? null : first, last == Long.MAX_VALUE ? null : last);
    }

    /** Ids of posts grow with time. */
    private record Days(long first, long last) {
    }

    private static Days days(String operator, String value) {
        if (!value.matches("[12]\\d{3}(-\\d{2}){0,2}")) {
            return null;
        }
        try {
            Instant begin;
            Instant end;
            if (value.length() == 4) {
                begin = LocalDate.of(Integer.parseInt(value), 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
                end = LocalDate.of(Integer.parseInt(value) + 1, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
            } else if (value.length() == 7) {
                begin = YearMonth.parse(value).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
                end = YearMonth.parse(value).plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            } else {
                begin = LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
                end = LocalDate.parse(value).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return switch (operator) {
                case "before" -> new Days(0, Snowflakes.floor(begin) - 1);
                case "after" -> new Days(Snowflakes.floor(end), Long.MAX_VALUE);
                case "during" -> new Days(Snowflakes.floor(begin), Snowflakes.floor(end) - 1);
                default -> null;
            };
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static Filter filter(String operator, String value, boolean negated) {
        String lower = value.toLowerCase(Locale.ROOT);
        return switch (operator) {
            case "from" -> new Filter.From(lower.startsWith("@") ? lower.substring(1) : lower, negated);
            case "has" -> switch (lower) {
                case "media", "image", "video", "audio", "poll", "link", "embed" -> new Filter.Has(lower, negated);
                default -> null;
            };
            case "is" -> switch (lower) {
                case "reply", "sensitive" -> new Filter.Is(lower, negated);
                default -> null;
            };
            case "in" -> switch (lower) {
                case "library", "public" -> new Filter.In(lower, negated);
                default -> null;
            };
            case "language" -> new Filter.InLanguage(lower, negated);
            default -> null;
        };
    }

    /** What was typed as one is found as one. @param unfinished its end may still be to come */
    private static void addWords(List<String> words, String value, boolean negated, boolean unfinished) {
        List<String> found = SearchText.words(value);
        if (found.isEmpty()) {
            return;
        }
        // The single last character of a run in pairs stands in the text as the beginning of another pair.
        int end = found.size() > 1 && SearchText.isPair(found.getLast()) && found.getLast().codePointCount(0, found.getLast().length()) == 1
            ? found.size() - 1 : found.size();
        StringBuilder phrase = new StringBuilder(negated ? "!(" : "(");
        for (int index = 0; index < end; index++) {
            String word = found.get(index);
            boolean open = index == end - 1 && end == found.size() && (unfinished || SearchText.isPair(word));
            phrase.append(index == 0 ? "'" : " <-> '").append(word).append(open ? "':*" : "'");
        }
        words.add(phrase.append(')').toString());
    }
}
