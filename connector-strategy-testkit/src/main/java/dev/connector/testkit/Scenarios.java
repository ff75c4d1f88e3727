package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What may happen between a request and the end of its grant. */
final class Scenarios {

    private Scenarios() {}

    static <T extends AccessTarget> Map<String, Consumer<Story<T>>> simple() {
        Map<String, Consumer<Story<T>>> plots = new LinkedHashMap<>();
        plots.put("prior absent", story -> story.end(story.escalate()));
        plots.put("prior present", story -> {
            story.change(Change.ACCESS_GIVEN);
            story.end(story.escalate());
        });
        return plots;
    }

    static <T extends AccessTarget> Map<String, Consumer<Story<T>>> eventful() {
        Map<String, Consumer<Story<T>>> plots = new LinkedHashMap<>();
        plots.put("answers without a call", story -> {
            Held<T> held = story.escalate();
            story.requireAnswersWithoutACall(held);
            story.end(held);
        });
        plots.put("taken by somebody else in between", story -> {
            Held<T> held = story.escalate();
            story.change(Change.ACCESS_TAKEN);
            story.end(held);
        });
        plots.put("ended and asked for again", story -> {
            story.end(story.escalate());
            story.end(story.escalate());
        });
        plots.put("overlapping grants, told of", story -> {
            Held<T> first = story.escalate();
            Held<T> second = story.escalate();
            story.end(first);
            story.end(second);
        });
        plots.put("overlapping grants, not told of", story -> {
            Held<T> first = story.escalate();
            Held<T> second = story.prepare(false);
            story.give(second);
            story.end(second);
            story.end(first);
        });
        plots.put("too late to be given", story -> {
            Held<T> held = story.prepare(true);
            story.pass(Duration.ofHours(1));
            story.give(held);
            story.end(held);
        });
        putChanges(plots);
        putShrunkLists(plots);
        return plots;
    }

    private static <T extends AccessTarget> void putChanges(Map<String, Consumer<Story<T>>> plots) {
        Map<Change, String> changes = new LinkedHashMap<>();
        changes.put(Change.PERSON_RENAMED, "renamed");
        changes.put(Change.PERSON_DELETED, "deleted");
        changes.put(Change.PERSON_REPLACED, "replaced by somebody of the same name");
        changes.put(Change.TARGET_DELETED, "target deleted");
        changes.forEach((change, name) -> {
            plots.put(name + " before it is given", story -> {
                Held<T> held = story.prepare(true);
                story.change(change);
                story.give(held);
                story.end(held);
            });
            plots.put(name + " before the end", story -> {
                Held<T> held = story.escalate();
                story.change(change);
                story.end(held);
            });
        });
        plots.put("target deleted before it is asked for", story -> {
            story.change(Change.TARGET_DELETED);
            story.end(story.escalate());
        });
    }

    private static <T extends AccessTarget> void putShrunkLists(Map<String, Consumer<Story<T>>> plots) {
        plots.put("list shrunk before it is asked for", story -> {
            story.shrinkList(false);
            story.end(story.escalate());
        });
        plots.put("list shrunk before it is given", story -> {
            Held<T> held = story.prepare(true);
            story.shrinkList(true);
            story.give(held);
            story.end(held);
        });
        plots.put("list shrunk before the end, without a way out", story -> {
            Held<T> held = story.escalate();
            story.shrinkList(false);
            story.end(held);
        });
        plots.put("list shrunk before the end, still revocable", story -> {
            Held<T> held = story.escalate();
            story.shrinkList(true);
            story.end(held);
        });
    }

    static <T extends AccessTarget> Map<String, Consumer<Story<T>>> withLateReads() {
        Map<String, Consumer<Story<T>>> plots = new LinkedHashMap<>();
        plots.put("late reads, ended at once", story -> story.end(story.escalate()));
        plots.put("late reads, prior present", story -> {
            story.change(Change.ACCESS_GIVEN);
            story.end(story.escalate());
        });
        plots.put("late reads, asked for again at once", story -> {
            story.end(story.escalate());
            story.end(story.escalate());
        });
        plots.put("late reads, overlapping grants", story -> {
            Held<T> first = story.escalate();
            Held<T> second = story.escalate();
            story.end(first);
            story.end(second);
        });
        return plots;
    }
}
