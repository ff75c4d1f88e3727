package dev.connector.examples;

import dev.connector.strategies.iam.IamGroupTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the quick start was asked for. */
final class CommandLine {

    static final String HELP = """
            ./quickstart
                gives and takes away access in a simulated account

            ./quickstart --diagram
                prints the calls of that as a sequence diagram in Mermaid's language

            ./quickstart --aws settings.json --user NAME --group /path/NAME [--yes]
                on a real account: says what it would do; with --yes gives the user the IAM group, and takes it away again at once

            ./quickstart --aws settings.json --end GRANT.json [--yes]
                takes away what was left there by a run that was cut short

            settings.json is what "terraform output -json" prints, with the outputs runtime_connector and iam_connector. Your
            service's own credentials come from where the AWS SDK looks for them. Further options:
                --environment NAME      the environment of the roles; main by default
                --allow-endpoint HOST   a host that is not one of AWS's may be called, for instance a simulator on this machine
            """;

    private static final String AWS = "--aws";
    private static final String USER = "--user";
    private static final String GROUP = "--group";
    private static final String END = "--end";
    private static final String ENVIRONMENT = "--environment";
    private static final String ALLOW_ENDPOINT = "--allow-endpoint";
    private static final String YES = "--yes";
    private static final String DIAGRAM = "--diagram";
    private static final String ASK_FOR_HELP = "--help";

    /** As the user called it, which the script knows. */
    private static final String COMMAND = System.getProperty("quickstart.command", "./quickstart");

    private static final Set<String> WITH_VALUE = Set.of(AWS, USER, GROUP, END, ENVIRONMENT, ALLOW_ENDPOINT);
    private static final Set<String> WITHOUT_VALUE = Set.of(YES, DIAGRAM, ASK_FOR_HELP);

    private final Map<String, String> options = new HashMap<>();

    private CommandLine() {}

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if they make no sense, with a message for whoever typed them
     */
    static CommandLine parse(String... arguments) {
        CommandLine line = new CommandLine();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            line.add(rest.next(), rest);
        }
        line.check();
        return line;
    }

    private void add(String option, Iterator<String> rest) {
        require(WITH_VALUE.contains(option) || WITHOUT_VALUE.contains(option), "There is no option " + option + ".");
        String value = "";
        if (WITH_VALUE.contains(option)) {
            require(rest.hasNext(), option + " needs a value.");
            value = rest.next();
            require(!value.isEmpty() && !value.startsWith("--"), option + " needs a value.");
        }
        require(options.put(option, value) == null, option + " stands there twice.");
    }

    private void check() {
        if (options.containsKey(ASK_FOR_HELP)) {
            return;
        }
        if (!isOnRealAccount()) {
            require(
                    options.isEmpty() || options.keySet().equals(Set.of(DIAGRAM)),
                    "Only --diagram and --help stand without --aws.");
        } else if (options.containsKey(END)) {
            requireNone(USER, GROUP, DIAGRAM);
        } else {
            requireNone(DIAGRAM);
            require(
                    options.containsKey(USER) && options.containsKey(GROUP),
                    "--aws needs --user and --group, or --end.");
            group();
        }
    }

    private void requireNone(String... others) {
        List.of(others)
                .forEach(other -> require(!options.containsKey(other), other + " does not go with the other options."));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    boolean wantsHelp() {
        return options.containsKey(ASK_FOR_HELP);
    }

    boolean wantsDiagram() {
        return options.containsKey(DIAGRAM);
    }

    boolean isOnRealAccount() {
        return options.containsKey(AWS);
    }

    boolean isMeant() {
        return options.containsKey(YES);
    }

    Path settings() {
        return Path.of(value(AWS));
    }

    String user() {
        return value(USER);
    }

    IamGroupTarget group() {
        String group = value(GROUP);
        int name = group.lastIndexOf('/') + 1;
        require(group.startsWith("/"), "--group needs the path and the name, such as /sym/OnCall, not " + group + ".");
        return IamGroupTarget.of(group.substring(0, name), group.substring(name));
    }

    Optional<Path> grantToEnd() {
        return Optional.ofNullable(options.get(END)).map(Path::of);
    }

    String environment() {
        return options.getOrDefault(ENVIRONMENT, "main");
    }

    Optional<String> allowedEndpoint() {
        return Optional.ofNullable(options.get(ALLOW_ENDPOINT));
    }

    /** What to type to end a grant that is in a file, from any directory. */
    String toEnd(Path grant) {
        List<String> words = new ArrayList<>(List.of(COMMAND, AWS, absolute(settings()), END, absolute(grant)));
        List.of(ENVIRONMENT, ALLOW_ENDPOINT).forEach(option -> {
            if (options.containsKey(option)) {
                words.addAll(List.of(option, value(option)));
            }
        });
        words.add(YES);
        return words.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private String value(String option) {
        return options.getOrDefault(option, "");
    }
}
