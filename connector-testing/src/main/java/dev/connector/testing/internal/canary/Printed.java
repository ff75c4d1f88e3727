package dev.connector.testing.internal.canary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Every text that a thing gives away when it is printed, and where in it: exceptions with all that they carry, the elements of what holds several. */
public final class Printed {

    private final BiConsumer<String, String> texts;
    private final Set<String> seenTexts = new HashSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param texts takes a place, for messages, and the text there; the same text is handed over once */
    public Printed(BiConsumer<String, String> texts) {
        this.texts = texts;
    }

    /** Looks at a thing; at one that holds itself, once. */
    public void add(String where, @Nullable Object thing) {
        if (thing == null) {
            return;
        }
        if (thing instanceof CharSequence text) {
            addText(where, text.toString());
        } else if (thing instanceof byte[] bytes) {
            addText(where, new String(bytes, StandardCharsets.ISO_8859_1));
        } else if (seen.add(thing)) {
            addParts(where, thing);
            // One with an element that is itself cannot always print itself, and its elements were looked at.
            if (!(thing instanceof Collection || thing instanceof Map || thing instanceof Object[])) {
                addText(where, String.valueOf(thing));
            }
        }
    }

    private void addText(String where, String text) {
        if (seenTexts.add(text)) {
            texts.accept(where, text);
        }
    }

    private void addParts(String where, Object thing) {
        if (thing instanceof Throwable thrown) {
            addThrowable(where, thrown);
        } else if (thing instanceof Collection<?> many) {
            addAll(where, many);
        } else if (thing instanceof Object[] many) {
            addAll(where, Arrays.asList(many));
        } else if (thing instanceof Map<?, ?> map) {
            addAll(where + ", keys", map.keySet());
            addAll(where + ", values", map.values());
        } else if (thing instanceof Optional<?> optional) {
            add(where, optional.orElse(null));
        }
    }

    private void addAll(String where, Collection<?> many) {
        int index = 0;
        for (Object one : many) {
            add(where + "[" + index++ + "]", one);
        }
    }

    private void addThrowable(String where, Throwable thrown) {
        String here = where + ", " + thrown.getClass().getName();
        add(here + ", message", thrown.getMessage());
        add(here + ", localized message", thrown.getLocalizedMessage());
        if (thrown instanceof AwsServiceException answered) {
            addDetails(here + ", details", answered.awsErrorDetails());
        }
        add(here + ", cause", thrown.getCause());
        addAll(here + ", suppressed", Arrays.asList(thrown.getSuppressed()));
    }

    private void addDetails(String where, @Nullable AwsErrorDetails details) {
        if (details != null) {
            add(where, details);
            add(where + ", message", details.errorMessage());
            if (details.rawResponse() != null) {
                add(where + ", answer as it came", details.rawResponse().asByteArray());
            }
        }
    }
}
