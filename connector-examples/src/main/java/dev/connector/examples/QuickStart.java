package dev.connector.examples;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.RuntimeConnectorSettings;
import dev.connector.core.TerraformOutput;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testing.Decision;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Gives a person access to an IAM group for an hour and takes it away again, on a simulated AWS account, and shows every call that AWS receives.
 *
 * <p>The library and the SDK's clients are the real ones, and so are the settings: they come out of a file as {@code terraform output -json} writes it.
 * Only the account, the roles in it and the time are simulated.
 */
public final class QuickStart implements AutoCloseable {

    private static final String ADA = "ada@example.com";
    private static final IamGroupTarget ON_CALL = IamGroupTarget.of("/sym/", "OnCall");
    private static final IamGroupTarget ADMINS = IamGroupTarget.of("/sym/", "Admins");

    private final SimulatedAws aws = SimulatedAws.builder()
            .startingAt(Instant.parse("2026-01-05T09:00:00Z"))
            .build();
    private final Screen screen;
    private final String terraformOutput;

    private QuickStart(Screen screen) throws IOException {
        this.screen = screen;
        aws.iam().createUser(ADA);
        aws.iam().createGroup("/sym/", "OnCall");
        aws.iam().createGroup("/sym/", "Admins");
        terraformOutput = terraformOutput();
    }

    /**
     * Runs the quick start on standard output. Ends with the exit code 0 if everything was as it should be, else with 1.
     *
     * @param args none
     */
    public static void main(String[] args) {
        boolean colour = Screen.wantsColour(Boolean.getBoolean("quickstart.terminal"), System.getenv());
        boolean asExpected = run(new PrintStream(System.out, true, StandardCharsets.UTF_8), colour);
        System.exit(asExpected ? 0 : 1);
    }

    /**
     * Runs the quick start.
     *
     * @param out where to print
     * @param colour whether in colour
     * @return whether everything was as it should be
     */
    public static boolean run(PrintStream out, boolean colour) {
        return run(out, colour, account -> {});
    }

    /** As {@link #run(PrintStream, boolean)}, in an account to which something was done before. */
    static boolean run(PrintStream out, boolean colour, Consumer<SimulatedAws> before) {
        Screen screen = new Screen(out, colour);
        try (QuickStart quickStart = new QuickStart(screen)) {
            before.accept(quickStart.aws);
            quickStart.showAll();
        } catch (IOException | RuntimeException failed) {
            screen.failure(failed);
        }
        screen.end("All of it went as it should.", "Something went wrong.");
        return screen.asExpected();
    }

    private void showAll() {
        screen.title("Connectors for AWS: ada gets into an IAM group for an hour, and out again.");
        screen.text("service's own key ── External ID ──▶ SymRuntimeMain ──▶ SymIAMMain ──▶ IAM group /sym/OnCall");
        screen.text(
                "Account and time are simulated. A line with a time is one call that AWS received, and what AWS decided.");
        noStandingPower();
        try (RuntimeConnector connector = connector().build();
                IamGroupStrategy strategy = strategy(connector)) {
            Grant grant = escalate(strategy);
            aws.clock().advance(Duration.between(aws.clock().instant(), grant.endsAt()));
            deescalate(strategy, grant);
            targetThatIsNotAllowed(strategy);
        }
        wrongExternalId();
    }

    private void noStandingPower() {
        screen.step(1, "The service's own key has no standing power. All that it may do is assume the runtime role.");
        try (IamClient iam = aws.configure(IamClient.builder()).build();
                StsClient sts = aws.configure(StsClient.builder()).build()) {
            AddUserToGroupRequest add = AddUserToGroupRequest.builder()
                    .groupName(ON_CALL.groupName())
                    .userName(ADA)
                    .build();
            AssumeRoleRequest assume = AssumeRoleRequest.builder()
                    .roleArn(iamSettings().get("role_arn"))
                    .roleSessionName("service")
                    .build();
            boolean addDenied = isDenied(() -> iam.addUserToGroup(add));
            boolean assumeDenied = isDenied(() -> sts.assumeRole(assume));
            showCalls();
            screen.check(
                    addDenied && assumeDenied && members().isEmpty(),
                    "It can neither change the group, nor take the role that can.");
        }
    }

    private Grant escalate(IamGroupStrategy strategy) {
        screen.step(2, ADA + " asks for /sym/OnCall for an hour, because of INC-42.");
        screen.code("Grant grant = strategy.escalate(request);    // prepare, then resume");
        Grant grant = strategy.escalate(request(ON_CALL));
        showCalls();
        screen.check(
                grant.prior() == Prior.ABSENT && grant.confirmed(),
                "Granted until " + Screen.time(grant.endsAt()) + ", seen by a read; it was not there before.");
        screen.step(3, "Who is in the group?");
        screen.check(members().equals(Set.of(ADA)), "Members of OnCall: " + String.join(", ", members()));
        return grant;
    }

    private void deescalate(IamGroupStrategy strategy, Grant grant) {
        screen.step(4, "An hour later the sessions are over, too. New ones are opened, and the access is taken away.");
        screen.code("Revocation revocation = strategy.deescalate(grant);");
        Revocation revocation = strategy.deescalate(grant);
        showCalls();
        screen.check(
                revocation.result() == Revocation.Result.REVOKED && revocation.confirmed(), "Revoked, seen by a read.");
        screen.check(members().isEmpty(), "Members of OnCall: none");
    }

    private void targetThatIsNotAllowed(IamGroupStrategy strategy) {
        screen.step(5, "A group that is not on the strategy's list is refused before AWS is called.");
        try {
            strategy.escalate(request(ADMINS));
            screen.check(false, "The group /sym/Admins is refused.");
        } catch (TargetNotAllowedException refused) {
            screen.message(refused, 2);
            screen.check(aws.calls().isEmpty(), aws.calls().size() + " calls.");
        }
    }

    private void wrongExternalId() {
        screen.step(6, "Without the right External ID, AWS does not let even the service in.");
        try (RuntimeConnector connector = connector().externalId("a-guess").build();
                IamGroupStrategy strategy = strategy(connector)) {
            strategy.escalate(request(ON_CALL));
            screen.check(false, "A wrong External ID is refused.");
        } catch (RoleAssumptionException denied) {
            showCalls();
            screen.message(denied, 3);
            screen.check(
                    denied.reason() == RoleAssumptionException.Reason.DENIED
                            && members().isEmpty(),
                    "Nobody got in.");
        }
    }

    private RuntimeConnector.Builder connector() {
        return RuntimeConnector.builder()
                .settings(RuntimeConnectorSettings.fromTerraformOutput(terraformOutput, "runtime_connector"))
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clock());
    }

    private IamGroupStrategy strategy(RuntimeConnector connector) {
        return IamGroupStrategy.builder()
                .connector(connector)
                .settings(iamSettings())
                .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                .build();
    }

    private AccessRequest<IamGroupTarget> request(IamGroupTarget group) {
        return AccessRequest.builder(Requester.of(ADA), group)
                .reason("INC-42")
                .duration(Duration.ofHours(1))
                .requestedAt(aws.clock().instant())
                .build();
    }

    private ConnectorClock clock() {
        SimulatedClock clock = aws.clock();
        return ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await);
    }

    private String terraformOutput() throws IOException {
        Map<String, String> runtime = aws.runtimeConnector("main");
        Map<String, String> iam = aws.iamConnector("main");
        aws.iam().putRolePolicy("SymIAMMain", "look-at-groups", """
                {"Version": "2012-10-17", "Statement": {
                    "Effect": "Allow", "Action": "iam:GetGroup", "Resource": "arn:aws:iam::*:group/sym/*"}}
                """);
        Path file = Files.createTempFile("terraform-output", ".json");
        try {
            TerraformFile.write(file, Map.of("runtime_connector", runtime, "iam_connector", iam));
            return Files.readString(file);
        } finally {
            Files.delete(file);
        }
    }

    private Map<String, String> iamSettings() {
        return TerraformOutput.read(terraformOutput, "iam_connector");
    }

    private Set<String> members() {
        return aws.iam().members(ON_CALL.groupName());
    }

    private void showCalls() {
        screen.calls(aws.calls());
        aws.clearCalls();
    }

    private boolean isDenied(Runnable call) {
        try {
            call.run();
            return false;
        } catch (AwsServiceException refused) {
            return aws.calls().get(aws.calls().size() - 1).decision() == Decision.DENIED;
        }
    }

    @Override
    public void close() {
        aws.close();
    }
}
