package dev.connector.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures what the script {@code bench} was asked for, and prints one table. */
public final class Bench {

    private static final String QUICK = "--quick";

    private Bench() {}

    /**
     * Ends with the exit code 0 if every target was met, with 1 if one was missed, and with 2 if the arguments are not understood.
     *
     * @param args {@code --quick} for a shorter run, and a group, by default all of them
     */
    public static void main(String[] args) {
        System.exit(run(
                args,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8)));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(args));
        Effort effort = words.remove(QUICK) ? Effort.QUICK : Effort.FULL;
        Optional<Group> group = words.stream().findFirst().flatMap(Group::named);
        if (words.size() > 1 || (words.size() == 1 && group.isEmpty())) {
            err.println("Usage: ./bench [" + QUICK + "] ["
                    + Arrays.stream(Group.values()).map(Group::toString).collect(Collectors.joining("|")) + "]");
            return 2;
        }
        return measure(group.map(List::of).orElse(List.of(Group.values())), effort, out, err);
    }

    static int measure(List<Group> groups, Effort effort, PrintStream out, PrintStream err) {
        List<Row> rows = new ArrayList<>();
        for (Group group : groups) {
            err.println("Measuring " + group + ".");
            rows.addAll(group.measure(effort));
        }
        return print(rows, out);
    }

    static int print(List<Row> rows, PrintStream out) {
        out.println(Table.of(rows));
        return rows.stream().allMatch(Row::ok) ? 0 : 1;
    }
}
