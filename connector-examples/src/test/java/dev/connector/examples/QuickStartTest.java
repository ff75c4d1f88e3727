package dev.connector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.testing.Canary;
import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedAws;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a newcomer sees, and that it is not shown when it is not so. */
class QuickStartTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void run_showsEveryStepOnOneScreen() {
        assertThat(QuickStart.run(out, false)).isTrue();

        assertThat(text().lines())
                .hasSizeLessThanOrEqualTo(48)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120))
                .contains(
                        "   09:00:00  service         sts:AssumeRole           role/sym/SymIAMMain        denied",
                        "   09:00:00  SymIAMMain      iam:AddUserToGroup       group/sym/OnCall           allowed",
                        "   10:00:00  SymIAMMain      iam:RemoveUserFromGroup  group/sym/OnCall           allowed",
                        "   09:00:00  SymSSOMain      sso:CreateAccountAssignment account/444455556666, …    allowed",
                        "   10:00:00  SymSSOMain      sso:DeleteAccountAssignment account/444455556666, …    allowed",
                        "   ✓ Revoked, seen by a read. Sessions of ReadOnly that ada has begun may last until 11:00:00",
                        "   ✓ 0 calls.",
                        "✓ All of it went as it should.");
        assertThat(text()).doesNotContain("✗", "\u001b").containsPattern("10:00:00  service .* denied\n");
        // External IDs are UUIDs here.
        assertThat(text()).doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
    }

    /** As the script starts it, with what is there at run time and in an environment that says nothing of letters beyond ASCII. */
    @Test
    @Timeout(60)
    void main_onTheRuntimeClassPath_endsWithZero() throws Exception {
        String classPath =
                "target/classes" + File.pathSeparator + Files.readString(Path.of("target", "runtime.classpath"));
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        QuickStart.class.getName())
                .redirectErrorStream(true);
        java.environment().put("LC_ALL", "C");
        Process process = java.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("Connectors for AWS")
                .endsWith("✓ All of it went as it should." + System.lineSeparator());
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void run_inColour_changesNothingElse() {
        QuickStart.run(out, false);
        String plain = text();
        printed.reset();

        assertThat(QuickStart.run(out, true)).isTrue();

        assertThat(text()).contains("\u001b[32m");
        assertThat(text().replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
    }

    @Test
    void run_whenAStepFails_saysWhichAndIsFalse() {
        Consumer<SimulatedAws> adaIsInTheGroup = aws -> aws.iam().addUserToGroup("ada@example.com", "OnCall");

        assertThat(QuickStart.run(out, false, adaIsInTheGroup)).isFalse();

        assertThat(text())
                .contains("   ✗ Not so: Granted until", "   ✗ Not so: Revoked")
                .endsWith("✗ Something went wrong.\n");
    }

    @Test
    void run_whenAwsRefusesThePermissionSet_saysWhyAndIsFalse() {
        Consumer<SimulatedAws> noneCanBeMade = aws -> aws.fault("CreateAccountAssignment", 1, Fault.ACCESS_DENIED);

        assertThat(QuickStart.run(out, false, noneCanBeMade)).isFalse();

        assertThat(text())
                .contains("✗ Not so: nothing is thrown. It was a StrategyException:", "sso:CreateAccountAssignment");
    }

    @Test
    void run_whenAWSRefuses_saysWhyAndIsFalse() {
        Consumer<SimulatedAws> noUserCanBeAdded = aws -> aws.fault("AddUserToGroup", 2, Fault.ACCESS_DENIED);

        assertThat(QuickStart.run(out, false, noUserCanBeAdded)).isFalse();

        assertThat(text()).contains("✗ Not so: nothing is thrown. It was a StrategyException:", "iam:AddUserToGroup");
    }

    @Test
    void run_whenTheExternalIdDoesNotMatter_isFalse() {
        Consumer<SimulatedAws> noGuard = aws -> aws.iam().putUserPolicy("service", "too-much", """
                        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}}
                        """);

        assertThat(QuickStart.run(out, false, noGuard)).isFalse();

        assertThat(text()).contains("✗ Not so: It can neither change the group");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void run_whicheverCallGoesWrong_printsNoSecret(Fault fault) {
        for (int nth = 1; nth <= 34; nth++) {
            int failing = nth;
            List<Canary> canary = new ArrayList<>();
            QuickStart.run(out, false, aws -> {
                canary.add(aws.canary());
                aws.fault(failing, fault);
            });

            assertThat(canary.get(0).secrets()).contains("the external ID of a runtime role");
            canary.get(0).check("the screen", text());
            printed.reset();
        }
    }

    @Test
    void start_whenAskedForHelp_printsItAndDoesNothingElse() {
        assertThat(QuickStart.start(CommandLine.parse("--aws", "no-such-file", "--help"), out))
                .isTrue();

        assertThat(text()).isEqualTo(CommandLine.HELP);
    }

    @Test
    void start_whenAskedForTheDiagram_printsNothingElse() {
        assertThat(QuickStart.start(CommandLine.parse("--diagram"), out)).isTrue();

        assertThat(text()).startsWith("sequenceDiagram\n").contains("c3->>s1: AddUserToGroup group/sym/OnCall\n");
    }

    @Test
    void start_withoutArguments_isTheQuickStart() {
        assertThat(QuickStart.start(CommandLine.parse(), out)).isTrue();

        assertThat(text()).endsWith("✓ All of it went as it should.\n");
    }

    @Test
    void text_withWhatWouldMoveTheCursor_isShownWithoutIt() {
        Screen screen = new Screen(out, false);

        screen.text("a\u001b[2Jb\u202Ec");
        screen.check(true, "d\ne");

        assertThat(text()).isEqualTo("a?[2Jb?c\n   ✓ d?e\n");
    }

    @Test
    void message_whoseWordsAreLongerThanALine_isBrokenInsideThem() {
        new Screen(out, false).message(new IllegalStateException("a".repeat(300) + "\u001b b"), 2);

        assertThat(text()).isEqualTo("   " + "a".repeat(112) + "\n   " + "a".repeat(112) + " …\n");
    }

    @Test
    void message_withWhatWouldMoveTheCursor_isShownWithoutIt() {
        new Screen(out, false).message(new IllegalStateException("a\u001b[2J"), 1);

        assertThat(text()).isEqualTo("   a?[2J\n");
    }

    @Test
    void wantsColour_onlyOnATerminalThatKnowsColours() {
        assertThat(Screen.wantsColour(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Screen.wantsColour(true, Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isTrue();
        assertThat(Screen.wantsColour(true, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Screen.wantsColour(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Screen.wantsColour(true, Map.of())).isFalse();
        assertThat(Screen.wantsColour(false, Map.of("TERM", "xterm"))).isFalse();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
