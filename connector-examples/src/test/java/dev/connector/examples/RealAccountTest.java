package dev.connector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Prior;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** The quick start as its user has it, with its real clients over HTTP; the account behind them is simulated. */
class RealAccountTest {

    private static final String ADA = "ada@example.com";

    private final SimulatedAws aws =
            SimulatedAws.builder().startingAt(Instant.now()).build();
    private final URI endpoint = aws.serve(0);
    private final Map<String, String> properties = properties();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path settings = Path.of("");

    /** The SDK's clients find the service's credentials and the simulated account as they would find real ones. */
    @BeforeEach
    void setUp() throws IOException {
        properties.forEach(System::setProperty);
        settings = directory.resolve("its settings.json");
        TerraformFile.write(
                settings,
                Map.of("runtime_connector", aws.runtimeConnector("main"), "iam_connector", aws.iamConnector("main")));
        mayReadGroups("Allow");
        aws.iam().createUser(ADA);
        aws.iam().createGroup("/sym/", "OnCall");
    }

    @AfterEach
    void tearDown() {
        properties.keySet().forEach(System::clearProperty);
        aws.close();
    }

    @Test
    void run_whenNotMeant_saysWhatItWouldDoAndChangesNothing() throws IOException {
        assertThat(give()).isTrue();

        assertThat(text())
                .contains("In /sym/OnCall before: ABSENT")
                .contains("Nothing was changed. With --yes it would add ada@example.com (AIDA")
                .contains("to /sym/OnCall, and take that away again.");
        assertThat(changes()).isEmpty();
        assertThat(grants()).isEmpty();
    }

    @Test
    void run_whenMeant_givesTakesAwayAndLeavesNothing() throws IOException {
        assertThat(give("--yes")).isTrue();

        assertThat(text())
                .contains("✓ Granted, seen by a read.", "✓ REVOKED, seen by a read.", "✓ All of it went as it should.");
        assertThat(changes()).containsExactly("AddUserToGroup", "RemoveUserFromGroup");
        assertThat(aws.iam().members("OnCall")).isEmpty();
        assertThat(grants()).isEmpty();
        aws.canary().check("the screen", text());
    }

    @Test
    void run_fromTheCommandLineInAProcessOfItsOwn_doesTheSame() throws Exception {
        AwsCredentials service = aws.serviceCredentials().resolveCredentials();

        ChildJvm.Ended ended = ChildJvm.of(QuickStart.class)
                .environment(Map.of(
                        "AWS_ENDPOINT_URL", endpoint.toString(),
                        "AWS_ACCESS_KEY_ID", service.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", service.secretAccessKey()))
                .arguments(arguments("--yes"))
                .run();

        assertThat(ended.out()).contains("✓ Granted, seen by a read.", "✓ REVOKED, seen by a read.");
        assertThat(ended.exitCode()).isZero();
        assertThat(changes()).containsExactly("AddUserToGroup", "RemoveUserFromGroup");
    }

    @Test
    void run_whenTheUserIsInTheGroupAlready_changesNothing() throws IOException {
        aws.iam().addUserToGroup(ADA, "OnCall");

        assertThat(give("--yes")).isFalse();

        assertThat(text())
                .contains(
                        "before: PRESENT",
                        "✗ Not so: ada@example.com is not in /sym/OnCall yet.",
                        "try somebody else.");
        assertThat(changes()).isEmpty();
        assertThat(grants()).isEmpty();
    }

    /** What is printed has no space to break it at, and must not keep the access from being taken away. */
    @Test
    void run_withALongGroupWhoseOutcomeIsUnknown_takesAwayWhatMayBeThere() throws IOException {
        String path = "/sym/" + "long/".repeat(40);
        aws.iam().createGroup(path, "Late");
        for (int nth = 1; nth <= 20; nth++) {
            aws.fault("AddUserToGroup", nth, Fault.SERVER_ERROR_AFTER);
            aws.fault("GetGroup", nth + 1, Fault.ACCESS_DENIED);
        }

        assertThat(run(
                        "--aws",
                        settings.toString(),
                        "--user",
                        ADA,
                        "--group",
                        path + "Late",
                        "--allow-endpoint",
                        "127.0.0.1",
                        "--yes"))
                .isFalse();

        assertThat(text()).contains("OutcomeUnknownException", "✓ REVOKED");
        assertThat(aws.iam().members("Late")).isEmpty();
    }

    @Test
    void run_whenTheRoleMayNotReadTheGroup_changesNothing() throws IOException {
        mayReadGroups("Deny");

        assertThat(give("--yes")).isFalse();

        assertThat(text())
                .contains("✗ Not so: the role sees who is in /sym/OnCall.", "Allow it iam:GetGroup on the group.");
        assertThat(changes()).isEmpty();
    }

    @Test
    void run_whenThereIsNoSuchUser_saysSoAndChangesNothing() throws IOException {
        assertThat(run(
                        "--aws",
                        settings.toString(),
                        "--user",
                        "nobody",
                        "--group",
                        "/sym/OnCall",
                        "--allow-endpoint",
                        "127.0.0.1"))
                .isFalse();

        assertThat(text()).contains("StrategyException", "nobody");
        assertThat(changes()).isEmpty();
    }

    @Test
    void run_whenTheEndpointIsNotAllowed_refusesBeforeAnyCall() throws IOException {
        assertThat(run("--aws", settings.toString(), "--user", ADA, "--group", "/sym/OnCall", "--yes"))
                .isFalse();

        assertThat(text()).contains("'127.0.0.1' is not a host that AWS answers at");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void run_withoutSettings_saysWhichFileIsMissing() throws IOException {
        Files.delete(settings);

        assertThat(give("--yes")).isFalse();

        assertThat(text()).contains("NoSuchFileException", "its settings.json");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void run_whenTheAddIsDenied_stillMakesSureThatNothingIsLeft() throws IOException {
        aws.fault("AddUserToGroup", 1, Fault.ACCESS_DENIED);

        assertThat(give("--yes")).isFalse();

        assertThat(text()).contains("StrategyException", "✓ REVOKED");
        assertThat(grants()).isEmpty();
    }

    @Test
    void run_whenTheAnswerToTheAddIsLost_takesAwayWhatMayBeThere() throws IOException {
        aws.fault("GetGroup", 2, Fault.ACCESS_DENIED);
        for (int nth = 1; nth <= 20; nth++) {
            aws.fault("AddUserToGroup", nth, Fault.SERVER_ERROR_AFTER);
        }

        assertThat(give("--yes")).isFalse();

        assertThat(text()).contains("OutcomeUnknownException", "✓ REVOKED");
        assertThat(aws.iam().members("OnCall")).isEmpty();
        assertThat(grants()).isEmpty();
    }

    @Test
    void run_whenItCannotBeTakenAway_keepsTheGrantAndSaysHowToEndIt() throws Exception {
        aws.fault("RemoveUserFromGroup", 1, Fault.ACCESS_DENIED);

        assertThat(give("--yes")).isFalse();

        assertThat(aws.iam().members("OnCall")).containsExactly(ADA);
        Path left = grants().get(0);
        assertThat(text()).contains("✗ Not so: nothing is left to end. To end it: ");
        assertThat(Files.getPosixFilePermissions(left)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Grant.fromJson(Files.readString(left)).state()).isEqualTo(GrantState.GRANTED);

        assertThat(end(left)).isTrue();
        assertThat(text())
                .contains("Nothing was changed. With --yes it would take /sym/OnCall away from ada@example.com (AIDA");
        assertThat(aws.iam().members("OnCall")).containsExactly(ADA);
        assertThat(run(printedCommand())).isTrue();
        assertThat(text()).contains("✓ REVOKED, seen by a read.");
        assertThat(aws.iam().members("OnCall")).isEmpty();
        assertThat(grants()).isEmpty();
    }

    /** Somebody may have changed the file. */
    @Test
    void run_toEndAccessThatWasThereBefore_saysThatItStays() throws Exception {
        aws.fault("RemoveUserFromGroup", 1, Fault.ACCESS_DENIED);
        give("--yes");
        Path left = grants().get(0);
        Grant changed = Grant.fromJson(Files.readString(left)).toBuilder()
                .prior(Prior.PRESENT)
                .build();
        Files.writeString(left, changed.toJson());

        assertThat(end(left)).isTrue();
        assertThat(text()).contains("With --yes it would leave /sym/OnCall to ada@example.com (AIDA");
        assertThat(end(left, "--yes")).isTrue();
        assertThat(text()).contains("✓ KEPT_PREEXISTING.");
    }

    @Test
    void run_whenNobodyKnowsWhetherItWasTakenAway_keepsTheGrantThatFindsOut() throws IOException {
        for (int nth = 1; nth <= 20; nth++) {
            aws.fault("RemoveUserFromGroup", nth, Fault.SERVER_ERROR_BEFORE);
        }

        assertThat(give("--yes")).isFalse();

        Path left = grants().get(0);
        assertThat(Grant.fromJson(Files.readString(left)).state()).isEqualTo(GrantState.ENDING);
    }

    /** Before the first change is sent, another process could end it. */
    @Test
    void run_whenTheGrantCannotBeStored_changesNothing() throws IOException {
        Path noDirectory = directory.resolve("none");

        assertThat(new RealAccount(CommandLine.parse(arguments("--yes")), screen(), noDirectory).run())
                .isFalse();

        assertThat(text()).contains("NoSuchFileException");
        assertThat(changes()).isEmpty();
    }

    @Test
    void run_toEndAGrantThatIsNotThere_saysSo() throws IOException {
        assertThat(end(directory.resolve("grant.json"), "--yes")).isFalse();

        assertThat(text()).contains("NoSuchFileException", "grant.json");
        assertThat(aws.calls()).isEmpty();
    }

    private boolean give(String... more) throws IOException {
        return run(arguments(more));
    }

    private String[] arguments(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--aws",
                                settings.toString(),
                                "--user",
                                ADA,
                                "--group",
                                "/sym/OnCall",
                                "--allow-endpoint",
                                "127.0.0.1"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private boolean end(Path grant, String... more) {
        return run(Stream.concat(
                        Stream.of(
                                "--aws",
                                settings.toString(),
                                "--end",
                                grant.toString(),
                                "--allow-endpoint",
                                "127.0.0.1"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** The words of the command that was printed last, as a shell tells them apart. */
    private String[] printedCommand() throws IOException, InterruptedException {
        String all = printed.toString(StandardCharsets.UTF_8);
        String command = all.substring(all.lastIndexOf("To end it: ") + "To end it: ".length())
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(command).startsWith("./quickstart ");
        Process shell =
                new ProcessBuilder("bash", "-c", "set -- " + command + "; shift; printf '%s\\n' \"$@\"").start();
        String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return words.lines().toArray(String[]::new);
    }

    private boolean run(String... arguments) {
        return new RealAccount(CommandLine.parse(arguments), screen(), directory).run();
    }

    private Screen screen() {
        return new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    private List<String> changes() {
        return aws.calls().stream()
                .map(RecordedCall::operation)
                .filter(operation -> operation.endsWith("Group") && !operation.startsWith("Get"))
                .toList();
    }

    private List<Path> grants() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> grants = new ArrayList<>(files.toList());
            grants.remove(settings);
            return grants;
        }
    }

    private void mayReadGroups(String effect) {
        aws.iam().putRolePolicy("SymIAMMain", "look-at-groups", """
                {"Version": "2012-10-17", "Statement": {
                    "Effect": "%s", "Action": "iam:GetGroup", "Resource": "arn:aws:iam::*:group/sym/*"}}
                """.formatted(effect));
    }

    private Map<String, String> properties() {
        AwsCredentials service = aws.serviceCredentials().resolveCredentials();
        return Map.of(
                "aws.endpointUrl", endpoint.toString(),
                "aws.accessKeyId", service.accessKeyId(),
                "aws.secretAccessKey", service.secretAccessKey());
    }
}
