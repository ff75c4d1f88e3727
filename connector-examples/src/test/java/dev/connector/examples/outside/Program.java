package dev.connector.examples.outside;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of somebody else's that may be on this machine: it sees nothing of the machine's settings of AWS but what a test gives it. */
final class Program {

    private static final long LIMIT_IN_SECONDS = 120;

    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "AWS_CONFIG_FILE", "no-such-file",
            "AWS_SHARED_CREDENTIALS_FILE", "no-such-file",
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_PAGER", ""));

    private Program(List<String> command) {
        this.command = command;
    }

    /**
     * The program, if it can be started here with arguments that do nothing; otherwise the test is skipped, and says so where nobody can miss it.
     *
     * @param what the program, for people
     * @param harmless the command and its arguments
     */
    static void require(String what, String... harmless) {
        if (!starts(harmless)) {
            String skipped = "SKIPPED, for want of a second opinion: " + what + " is not on this machine ("
                    + String.join(" ", harmless) + " does not work)";
            System.err.println("!!! " + skipped);
            abort(skipped);
        }
    }

    private static boolean starts(String... harmless) {
        try {
            return of(harmless).run().exitCode() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Program of(String... command) {
        return new Program(List.of(command));
    }

    Program environment(Map<String, String> values) {
        environment.putAll(values);
        return this;
    }

    /** Runs it to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("program", ".out");
        Path err = Files.createTempFile("program", ".err");
        try {
            Process process = builder(arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                if (!process.waitFor(LIMIT_IN_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(command + " did not end: " + Files.readString(err));
                }
                return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts it; what it prints, also as errors, can be read. */
    Process start(String... arguments) throws IOException {
        return builder(arguments).redirectErrorStream(true).start();
    }

    private ProcessBuilder builder(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(command.stream(), Stream.of(arguments)).toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** How it ended, and what it printed. */
    record Ended(int exitCode, String out, String err) {}
}
