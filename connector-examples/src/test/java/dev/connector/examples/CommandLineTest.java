package dev.connector.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.strategies.iam.IamGroupTarget;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void parse_ofNothing_isASimulatedAccount() {
        CommandLine line = CommandLine.parse();

        assertThat(line.isOnRealAccount()).isFalse();
        assertThat(line.isMeant()).isFalse();
        assertThat(line.wantsHelp()).isFalse();
        assertThat(line.wantsDiagram()).isFalse();
    }

    @Test
    void parse_ofARealAccount_isNotMeantUnlessItSaysSo() {
        CommandLine line = CommandLine.parse("--aws", "a b.json", "--user", "ada", "--group", "/sym/on/Call");

        assertThat(line.isOnRealAccount()).isTrue();
        assertThat(line.isMeant()).isFalse();
        assertThat(line.settings()).isEqualTo(Path.of("a b.json"));
        assertThat(line.user()).isEqualTo("ada");
        assertThat(line.group()).isEqualTo(IamGroupTarget.of("/sym/on/", "Call"));
        assertThat(line.environment()).isEqualTo("main");
        assertThat(line.allowedEndpoint()).isEmpty();
        assertThat(line.grantToEnd()).isEmpty();
    }

    @Test
    void parse_ofAllOptions_hasTheirValues() {
        CommandLine line = CommandLine.parse(
                "--yes", "--end", "grant.json", "--environment", "test", "--allow-endpoint", "localhost", "--aws", "x");

        assertThat(line.isMeant()).isTrue();
        assertThat(line.grantToEnd()).contains(Path.of("grant.json"));
        assertThat(line.environment()).isEqualTo("test");
        assertThat(line.allowedEndpoint()).contains("localhost");
    }

    @Test
    void toEnd_ofAGrant_keepsTheOptionsAndQuotesWhatAShellWouldSplit() {
        CommandLine line = CommandLine.parse(
                "--aws", "/it's here/s.json", "--user", "ada", "--group", "/a/B", "--environment", "test", "--yes");

        assertThat(line.toEnd(Path.of("/tmp/grant-1.json")))
                .isEqualTo(
                        "./quickstart --aws '/it'\\''s here/s.json' --end /tmp/grant-1.json --environment test --yes");
    }

    @Test
    void parse_ofHelpBesideAnything_isHelp() {
        assertThat(CommandLine.parse("--aws", "x", "--help").wantsHelp()).isTrue();
        assertThat(CommandLine.HELP)
                .contains("--aws", "--user", "--group", "--yes", "--end", "--diagram", "--environment");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--no                                          | There is no option --no.",
                "x                                             | There is no option x.",
                "--aws                                         | --aws needs a value.",
                "--aws --yes                                   | --aws needs a value.",
                "--aws x --aws y                               | --aws stands there twice.",
                "--yes                                         | Only --diagram and --help stand without --aws.",
                "--diagram --yes                               | Only --diagram and --help stand without --aws.",
                "--user ada --group /sym/OnCall                | Only --diagram and --help stand without --aws.",
                "--aws x                                       | --aws needs --user and --group, or --end.",
                "--aws x --user ada                            | --aws needs --user and --group, or --end.",
                "--aws x --user ada --group /a/B --diagram     | --diagram does not go with the other options.",
                "--aws x --end y --user ada                    | --user does not go with the other options.",
                "--aws x --end y --group /a/B                  | --group does not go with the other options.",
                "--aws x --user ada --group OnCall             | --group needs the path and the name, such as /sym/OnCall, not OnCall.",
            })
    void parse_ofWhatMakesNoSense_saysWhat(String arguments, String message) {
        assertThatThrownBy(() -> CommandLine.parse(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sym/", "/sym/*", "/sym/On Call"})
    void parse_ofWhatIsNoGroup_isRefused(String group) {
        assertThatThrownBy(() -> CommandLine.parse("--aws", "x", "--user", "ada", "--group", group))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_ofAnEmptyValue_isRefused() {
        assertThatThrownBy(() -> CommandLine.parse("--aws", "")).hasMessage("--aws needs a value.");
    }
}
