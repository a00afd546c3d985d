package social.dunlin.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import social.dunlin.account.Handle;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.list.ListService;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.PlainText;

/**
 * Reads a CSV file somebody brings along: Mastodon's forms, with or without names of columns. A line that names nobody is
 * kept as failed; a file that is no such file at all is refused with 422.
 */
final class ImportFile {
    /** Mastodon's bound. */
    static final int MAXIMUM_ROWS = 20_000;
    private static final int SHOWN = 200;
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    private static final Set<String> FALSE = Set.of("0", "f", "false", "off", "no");

    private ImportFile() {
    }

    /** Each target once. @param ownHost what is meant by a name without a host */
    static List<ImportRow> read(TransferKind kind, byte[] file, String ownHost) {
        List<CSVRecord> records = records(text(file));
        Map<String, Integer> columns = columns(kind, records);
        boolean named = !records.isEmpty() && isHeader(records.getFirst());
        Map<List<String>, ImportRow> rows = new LinkedHashMap<>();
        records.stream().skip(named ? 1 : 0).map(record -> row(kind, record, columns, ownHost)).filter(row -> !row.target().isEmpty())
            .forEach(row -> rows.putIfAbsent(List.of(row.list(), row.target()), row));
        if (rows.values().stream().noneMatch(row -> row.error() == null)) {
            throw Refusal.unprocessable("There is nothing in this file that can be imported");
        }
        return List.copyOf(rows.values());
    }

    private static String text(byte[] file) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            if (text.indexOf(0) >= 0) {
                throw Refusal.unprocessable("The file is no text");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException failure) {
            throw Refusal.unprocessable("The file is no text in UTF-8");
        }
    }

    private static List<CSVRecord> records(String text) {
        List<CSVRecord> records = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            for (CSVRecord record : parser) {
                records.add(record);
                if (records.size() > MAXIMUM_ROWS + 1) {
                    throw Refusal.unprocessable("The file has too many lines (maximum is %d)".formatted(MAXIMUM_ROWS));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException failure) {
            throw Refusal.unprocessable("The file is no CSV file");
        }
        return records;
    }

    private static boolean isHeader(CSVRecord record) {
        return Stream.of(TransferKind.values()).anyMatch(kind -> kind.columns().getFirst().equalsIgnoreCase(record.get(0)));
    }

    /** Where each column stands. A line of names decides, and must be of this kind. */
    private static Map<String, Integer> columns(TransferKind kind, List<CSVRecord> records) {
        List<String> names = kind.columns();
        if (!records.isEmpty() && isHeader(records.getFirst())) {
            names = records.getFirst().toList();
            if (!names.getFirst().equalsIgnoreCase(kind.columns().getFirst())) {
                throw Refusal.unprocessable("This file holds something else");
            }
        }
        Map<String, Integer> columns = new HashMap<>();
        for (int index = 0; index < names.size(); index++) {
            columns.putIfAbsent(names.get(index).toLowerCase(Locale.ROOT), index);
        }
        return columns;
    }

    private static ImportRow row(TransferKind kind, CSVRecord record, Map<String, Integer> columns, String ownHost) {
        String list = "";
        String typed = record.get(0);
        if (kind == TransferKind.LISTS) {
            list = PlainText.truncate(typed, ListService.MAXIMUM_TITLE);
            typed = cell(record, columns, "Account address");
        }
        Optional<String> target = target(kind, typed, ownHost);
        if (list.isEmpty() && kind == TransferKind.LISTS || target.isEmpty()) {
            return ImportRow.unusable(list, PlainText.truncate(typed.isEmpty() ? list : typed, SHOWN), "not an address");
        }
        return new ImportRow(list, target.get(), flag(cell(record, columns, "Show boosts")), flag(cell(record, columns, "Notify on new posts")),
            languages(cell(record, columns, "Languages")), flag(cell(record, columns, "Hide notifications")), null);
    }

    private static Optional<String> target(TransferKind kind, String typed, String ownHost) {
        return switch (kind) {
            case FOLLOWING, BLOCKS, MUTES, LISTS -> Handle.parse(typed, ownHost).map(Handle::toString).filter(handle -> handle.length() <= SHOWN);
            case DOMAIN_BLOCKS -> Host.tryParse(typed).map(Host::value);
            case BOOKMARKS -> ObjectUri.tryParse(typed).map(ObjectUri::value);
        };
    }

    private static String cell(CSVRecord record, Map<String, Integer> columns, String name) {
        Integer index = columns.get(name.toLowerCase(Locale.ROOT));
        return index == null || index >= record.size() ? "" : record.get(index);
    }

    private static Boolean flag(String cell) {
        return cell.isEmpty() ? null : !FALSE.contains(cell.toLowerCase(Locale.ROOT));
    }

    private static List<String> languages(String cell) {
        List<String> languages = Stream.of(cell.split(",")).map(String::strip).filter(language -> !language.isEmpty() && language.length() <= 20).toList();
        return languages.isEmpty() ? null : languages;
    }
}
