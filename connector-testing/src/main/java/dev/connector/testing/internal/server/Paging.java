package dev.connector.testing.internal.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How lists are cut into pages.
 *
 * @param pageSize how many items at most, whatever the caller asks for
 * @param emptyFirst whether the first page has nothing but the marker of the second, as AWS allows itself
 */
public record Paging(int pageSize, boolean emptyFirst) {

    private static final int DEFAULT_ITEMS = 100;
    private static final String MARK = "after:";

    /** Pages as the caller asks for them. */
    public static final Paging PLAIN = new Paging(Integer.MAX_VALUE, false);

    public Paging withPageSize(int items) {
        return new Paging(items, emptyFirst);
    }

    public Paging withEmptyFirst(boolean on) {
        return new Paging(pageSize, on);
    }

    /** The page after a marker: of what is there now, so that a list may change between two pages. The error is that of a marker that no page had. */
    public <T> Page<T> page(
            List<T> sorted,
            Function<T, String> name,
            @Nullable String marker,
            @Nullable Integer maxItems,
            ErrorCode invalidMarker) {
        if (marker == null && emptyFirst) {
            return new Page<>(List.of(), encode(""));
        }
        String after = marker == null ? "" : decode(marker, invalidMarker);
        List<T> rest = sorted.stream()
                .filter(item -> name.apply(item).compareTo(after) > 0)
                .toList();
        int size = Math.min(pageSize, maxItems == null ? DEFAULT_ITEMS : maxItems);
        return rest.size() <= size
                ? new Page<>(rest, null)
                : new Page<>(rest.subList(0, size), encode(name.apply(rest.get(size - 1))));
    }

    private static String encode(String after) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + after).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String marker, ErrorCode invalidMarker) {
        String text = "";
        try {
            text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalidMarker.because("Invalid Marker");
        }
        if (!text.startsWith(MARK)) {
            throw invalidMarker.because("Invalid Marker");
        }
        return text.substring(MARK.length());
    }

    /**
     * One page.
     *
     * @param items the items
     * @param marker where the next page begins; null if this is the last
     */
    public record Page<T>(List<T> items, @Nullable String marker) {}
}
