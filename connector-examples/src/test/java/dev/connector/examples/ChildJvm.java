package dev.connector.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a JVM of its own, with the class path of the tests: what this JVM's environment and system properties say is not inherited
 * there, as far as it concerns AWS.
 */
public final class ChildJvm {

    private static final long LIMIT_IN_SECONDS = 60;

    private final Class<?> main;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> systemProperties = new HashMap<>();
    private List<String> arguments = List.of();

    private ChildJvm(Class<?> main) {
        this.main = main;
        // The SDK would otherwise read the files of whoever runs the tests, and ask for a machine's role.
        environment.put("AWS_CONFIG_FILE", "no-such-file");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "no-such-file");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
    }

    public static ChildJvm of(Class<?> main) {
        return new ChildJvm(main);
    }

    public ChildJvm arguments(String... values) {
        arguments = List.of(values);
        return this;
    }

    /** Adds to the environment, which is this JVM's without variables that begin with {@code AWS_}. */
    public ChildJvm environment(Map<String, String> values) {
        environment.putAll(values);
        return this;
    }

    public ChildJvm systemProperties(Map<String, String> values) {
        systemProperties.putAll(values);
        return this;
    }

    /** Runs it to its end. One that takes more than a minute is ended, and is an {@link AssertionError} with what it printed. */
    public Ended run() throws IOException, InterruptedException {
        Path out = Files.createTempFile("child-jvm", ".out");
        Path err = Files.createTempFile("child-jvm", ".err");
        try {
            int exitCode = exitCodeOf(start(out, err), err);
            return new Ended(exitCode, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Files take what it prints, however much that is; a pipe that nobody reads would hold it up. */
    private Process start(Path out, Path err) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        systemProperties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    private int exitCodeOf(Process process, Path err) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(LIMIT_IN_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(main.getSimpleName() + " did not end: " + Files.readString(err));
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** How it ended, and what it printed. */
    public record Ended(int exitCode, String out, String err) {}
}
