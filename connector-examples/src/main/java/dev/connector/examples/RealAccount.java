package dev.connector.examples;

import dev.connector.core.RuntimeConnector;
import dev.connector.core.RuntimeConnectorSettings;
import dev.connector.core.TerraformOutput;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The quick start on a real account: gives a user an IAM group and takes it away again at once. It first says what it would do, and does it only if that is
 * meant. The grant is in a file before anything changes, and until the access is gone for certain.
 */
final class RealAccount {

    private final CommandLine line;
    private final Screen screen;
    private final Path directory;

    /** Grants that are not ended yet are kept in the directory. */
    RealAccount(CommandLine line, Screen screen, Path directory) {
        this.line = line;
        this.screen = screen;
        this.directory = directory;
    }

    /** Whether all went as it should. */
    boolean run() {
        screen.title("Connectors for AWS, on a real account.");
        try {
            if (line.grantToEnd().isPresent()) {
                endWhatIsLeft(GrantFile.at(line.grantToEnd().get()));
            } else {
                giveAndTakeAway();
            }
        } catch (IOException | RuntimeException failed) {
            screen.failure(failed);
        }
        screen.end("All of it went as it should.", "Something went wrong.");
        return screen.asExpected();
    }

    private void giveAndTakeAway() throws IOException {
        String output = Files.readString(line.settings());
        try (RuntimeConnector connector = connector(output);
                IamGroupStrategy strategy = strategy(connector, output, line.group())) {
            Grant prepared = prepare(strategy);
            switch (prepared.prior()) {
                case ABSENT -> giveAndTakeAwayIfMeant(strategy, prepared);
                case PRESENT ->
                    screen.check(
                            false,
                            line.user() + " is not in " + line.group() + " yet. What is there already would stay; try"
                                    + " somebody else.");
                case UNKNOWN ->
                    screen.check(
                            false,
                            "the role sees who is in " + line.group() + ". Without that, access that was there before"
                                    + " would be taken away at the end. Allow it iam:GetGroup on the group.");
            }
        }
    }

    private void giveAndTakeAwayIfMeant(IamGroupStrategy strategy, Grant prepared) throws IOException {
        if (line.isMeant()) {
            giveAndTakeAway(strategy, prepared);
        } else {
            screen.text("   Nothing was changed. With --yes it would add " + who(prepared) + " to " + line.group()
                    + ", and take that away again.");
        }
    }

    private Grant prepare(IamGroupStrategy strategy) {
        screen.step(1, "Both roles, the user and the group are there. So far nothing is changed.");
        screen.code("Grant prepared = strategy.prepare(request);");
        Grant prepared = strategy.prepare(AccessRequest.builder(Requester.of(line.user()), line.group())
                .reason("Quick start")
                .duration(Duration.ofMinutes(15))
                .build());
        screen.check(
                true,
                who(prepared) + " in the account " + prepared.scope().accountId() + ". In " + line.group() + " before: "
                        + prepared.prior());
        return prepared;
    }

    private void giveAndTakeAway(IamGroupStrategy strategy, Grant prepared) throws IOException {
        GrantFile file = GrantFile.of(directory, prepared);
        file.write(prepared);
        screen.step(2, "The grant is in a file, should this end before the access does. Then it is given.");
        screen.text("   " + howToEnd(file));
        screen.code("Grant granted = strategy.resume(prepared);");
        Grant given = give(strategy, prepared);
        store(file, given);
        end(3, strategy, file, given);
    }

    /** The grant as it is afterwards. Whatever went wrong, it is ended. */
    private Grant give(IamGroupStrategy strategy, Grant prepared) {
        try {
            Grant granted = strategy.resume(prepared);
            screen.check(true, "Granted" + seen(granted.confirmed()));
            return granted;
        } catch (OutcomeUnknownException unknown) {
            screen.failure(unknown);
            return unknown.pending();
        } catch (RuntimeException failed) {
            screen.failure(failed);
            return prepared;
        }
    }

    private void endWhatIsLeft(GrantFile file) throws IOException {
        String output = Files.readString(line.settings());
        Grant grant = file.read();
        IamGroupTarget group = grant.requireTarget(IamGroupTarget.TYPE);
        try (RuntimeConnector connector = connector(output);
                IamGroupStrategy strategy = strategy(connector, output, group)) {
            if (line.isMeant()) {
                end(1, strategy, file, grant);
            } else {
                boolean stays = grant.prior() == Prior.PRESENT;
                screen.text("   Nothing was changed. With --yes it would "
                        + (stays ? "leave " + group + " to " : "take " + group + " away from ") + who(grant) + ".");
            }
        }
    }

    private void end(int step, IamGroupStrategy strategy, GrantFile file, Grant grant) throws IOException {
        screen.step(step, "Taken away.");
        screen.code("Revocation end = strategy.deescalate(grant);");
        try {
            Revocation end = strategy.deescalate(grant);
            screen.check(true, end.result() + seen(end.confirmed()));
            file.delete();
        } catch (OutcomeUnknownException unknown) {
            store(file, unknown.pending());
            failedToEnd(file, unknown);
        } catch (RuntimeException failed) {
            failedToEnd(file, failed);
        }
    }

    private static String seen(boolean confirmed) {
        return confirmed ? ", seen by a read." : ". No read shows it.";
    }

    /** The file holds an earlier state of the same grant, which ends the access as well. */
    private void store(GrantFile file, Grant grant) {
        try {
            file.write(grant);
        } catch (IOException failed) {
            screen.failure(failed);
        }
    }

    private void failedToEnd(GrantFile file, RuntimeException failed) {
        screen.failure(failed);
        screen.check(false, "nothing is left to end. " + howToEnd(file));
    }

    private String howToEnd(GrantFile file) {
        return "To end it: " + line.toEnd(file.path());
    }

    private static String who(Grant grant) {
        return grant.requester().username() + " (" + grant.principalId() + ")";
    }

    private RuntimeConnector connector(String terraformOutput) {
        RuntimeConnector.Builder connector = RuntimeConnector.builder()
                .settings(RuntimeConnectorSettings.fromTerraformOutput(terraformOutput, "runtime_connector"))
                .environment(line.environment());
        line.allowedEndpoint().ifPresent(connector::allowEndpoint);
        return connector.build();
    }

    private static IamGroupStrategy strategy(RuntimeConnector connector, String terraformOutput, IamGroupTarget group) {
        return IamGroupStrategy.builder()
                .connector(connector)
                .settings(TerraformOutput.read(terraformOutput, "iam_connector"))
                .allowedGroups(IamGroupPattern.of(group.path().orElse("/"), group.groupName()))
                .build();
    }
}
