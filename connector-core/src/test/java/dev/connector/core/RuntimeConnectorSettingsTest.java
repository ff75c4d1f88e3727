package dev.connector.core;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connector.testing.AwsFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

class RuntimeConnectorSettingsTest {

    private static final String OUTPUT = """
            {
              "secrets": {"sensitive": false, "type": "string", "value": "other"},
              "runtime_settings": {
                "sensitive": true,
                "type": ["map", "string"],
                "value": {
                  "account_id": "111122223333",
                  "cloud": "aws",
                  "external_id": "c0ffee00-very-secret",
                  "region": "us-east-1",
                  "role_arn": "arn:aws:iam::111122223333:role/sym/SymRuntimeMain",
                  "later_addition": null
                }
              }
            }
            """;

    @Test
    void fromMap_whenAsTheModuleHandsItOver_readsIt() {
        RuntimeConnectorSettings settings = RuntimeConnectorSettings.fromMap(Samples.settings());

        assertThat(settings.roleArn()).hasToString(Samples.RUNTIME_ROLE);
        assertThat(settings.externalId()).isEqualTo(Samples.EXTERNAL_ID);
        assertThat(settings.region()).isEqualTo(Region.US_EAST_1);
        assertThat(settings.accountId()).contains(Samples.ACCOUNT);
        assertThat(settings.environment()).isEmpty();
    }

    @Test
    void build_whenSetOneByOne_isTheSameValue() {
        RuntimeConnectorSettings settings = RuntimeConnectorSettings.builder()
                .roleArn(Samples.RUNTIME_ROLE)
                .externalId(Samples.EXTERNAL_ID)
                .region(Region.US_EAST_1)
                .accountId(Samples.ACCOUNT)
                .environment("main")
                .build();

        assertThat(settings)
                .isEqualTo(RuntimeConnectorSettings.fromMap(with("environment", "main")))
                .isNotEqualTo(RuntimeConnectorSettings.fromMap(Samples.settings()));
        assertThat(settings.environment()).contains("main");
    }

    @Test
    void fromMap_whenAccountAndCloudAreAbsent_doesWithoutThem() {
        Map<String, String> settings = new HashMap<>(Samples.settings());
        settings.remove("cloud");
        settings.remove("account_id");

        assertThat(RuntimeConnectorSettings.fromMap(settings).accountId()).isEmpty();
    }

    @Test
    void fromMap_whenKeyIsNotKnown_ignoresIt() {
        assertThat(RuntimeConnectorSettings.fromMap(with("later_addition", "x")))
                .isEqualTo(RuntimeConnectorSettings.fromMap(Samples.settings()));
    }

    @Test
    void fromMap_whenRequiredKeyIsMisspelt_namesBoth() {
        Map<String, String> settings = new HashMap<>(Samples.settings());
        settings.put("rol_arn", settings.remove("role_arn"));

        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(settings)))
                .containsExactly("role_arn: is missing. Not known are rol_arn.");
    }

    @Test
    void fromMap_whenEverythingIsWrong_namesEverythingAtOnce() {
        Map<String, String> settings = Map.of(
                "cloud",
                "gcp",
                "region",
                "nowhere",
                "role_arn",
                "SymRuntimeMain",
                "external_id",
                "x",
                "environment",
                " ");

        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(settings)))
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem).startsWith("cloud: ").contains("'gcp'"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("region: ").contains("'nowhere'"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("role_arn: ").contains("six fields"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("external_id: ").contains("2 to 1224"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("environment: ").contains("empty"));
    }

    @Test
    void build_whenNothingIsSet_namesWhatIsMissing() {
        assertThatThrownBy(() -> RuntimeConnectorSettings.builder().build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("3 settings are wrong")
                .hasMessageContaining("role_arn: is missing.")
                .hasMessageContaining("external_id: is missing.")
                .hasMessageContaining("region: is missing.");
    }

    @AwsFact(2)
    @ParameterizedTest
    @ValueSource(strings = {"x", "very secret", "very*secret", "verysecrét", ""})
    void fromMap_whenExternalIdIsNotOfTheAlphabet_refusesWithoutPrintingIt(String externalId) {
        List<String> problems = problems(() -> RuntimeConnectorSettings.fromMap(with("external_id", externalId)));

        assertThat(problems).singleElement().asString().startsWith("external_id: must have 2 to 1224");
        assertThat(problems.toString()).doesNotContain("very");
    }

    @AwsFact(2)
    @Test
    void fromMap_whenExternalIdIsAsLongAsAwsTakes_takesIt() {
        assertThat(RuntimeConnectorSettings.fromMap(with("external_id", "x".repeat(1_224)))
                        .externalId())
                .hasSize(1_224);
        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(with("external_id", "x".repeat(1_225)))))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"us-gov-west-1,aws-us-gov", "cn-north-1,aws-cn", "us-iso-east-1,aws-iso", "eu-central-1,aws"})
    void fromMap_whenPartitionIsTheRegions_takesIt(String region, String partition) {
        Map<String, String> settings = with("region", region);
        settings.put("role_arn", Samples.RUNTIME_ROLE.replace("arn:aws:", "arn:" + partition + ":"));

        assertThat(RuntimeConnectorSettings.fromMap(settings).region().id()).isEqualTo(region);
    }

    @Test
    void fromMap_whenPartitionIsNotTheRegions_refuses() {
        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(with("region", "us-gov-west-1"))))
                .singleElement()
                .asString()
                .startsWith("role_arn: must be of the partition")
                .contains("'aws-us-gov'");
    }

    /** The SDK learns of a new Region only with its next version; its name shows the partition already. */
    @Test
    void fromMap_whenRegionIsNewerThanTheSdk_takesIt() {
        assertThat(RuntimeConnectorSettings.fromMap(with("region", "eu-southwest-9"))
                        .region())
                .isEqualTo(Region.of("eu-southwest-9"));
    }

    @AwsFact(5)
    @ParameterizedTest
    @ValueSource(
            strings = {"aws-global", "aws-cn-global", "", "  ", "US-EAST-1", "us-east-1 ", "us-East-1", "us-e_st-1"})
    void fromMap_whenRegionHasNoRegionalEndpoint_refuses(String region) {
        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(with("region", region))))
                .singleElement()
                .asString()
                .startsWith("region: must be a Region of AWS");
    }

    @Test
    void fromMap_whenAccountIsNotTheRoles_refuses() {
        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(with("account_id", "999999999999"))))
                .containsExactly("account_id: must be the account of the role, 111122223333, but is '999999999999'.");
    }

    @Test
    void toString_always_leavesTheExternalIdOut() {
        assertThat(RuntimeConnectorSettings.fromMap(Samples.settings()).toString())
                .contains(Samples.RUNTIME_ROLE)
                .contains("***")
                .doesNotContain(Samples.EXTERNAL_ID);
    }

    @Test
    void fromTerraformOutput_whenOutputIsSensitive_readsIt() {
        assertThat(RuntimeConnectorSettings.fromTerraformOutput(OUTPUT, "runtime_settings"))
                .isEqualTo(RuntimeConnectorSettings.fromMap(Samples.settings()));
    }

    @Test
    void fromTerraformOutput_whenOutputIsMissing_namesThoseThatThereAre() {
        assertThat(problems(() -> RuntimeConnectorSettings.fromTerraformOutput(OUTPUT, "runtime")))
                .singleElement()
                .asString()
                .startsWith("runtime: is not among the outputs, which are [runtime_settings, secrets].");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"o\": {\"type\": \"string\"}}",
                "{\"o\": {\"value\": \"text\"}}",
                "{\"o\": {\"value\": [\"a\"]}}",
                "{\"o\": \"text\"}",
                "{\"o\": null}"
            })
    void fromTerraformOutput_whenOutputIsNoMap_refuses(String json) {
        assertThat(problems(() -> RuntimeConnectorSettings.fromTerraformOutput(json, "o")))
                .singleElement()
                .asString()
                .startsWith("o: must have a 'value' that is a map of strings");
    }

    @Test
    void fromTerraformOutput_whenValuesAreNoStrings_namesEach() {
        String json =
                "{\"o\": {\"value\": {\"account_id\": 111122223333, \"region\": [\"us-east-1\"], \"cloud\": \"aws\"}}}";

        assertThat(problems(() -> RuntimeConnectorSettings.fromTerraformOutput(json, "o")))
                .containsExactly("o: must be a map of strings, but no strings are account_id, region.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "very-secret",
                "{\"o\": very-secret}",
                "{\"o\": {\"value\": {}}} very-secret",
                "{\"o\": {\"value\": {}}}{}",
                "{\"o\": {\"value\": {\"region\": \"a\", \"region\": \"b\"}}}",
                "{\"o\": 1, \"o\": 2}",
                "[{\"o\": 1}]",
                "\"o\"",
                "{'o': 1}",
                "{\"o\": 1,}",
                "{\"o\": // very-secret\n 1}",
                "{\"o\": NaN}"
            })
    void fromTerraformOutput_whenTextIsNotStrictJson_refusesWithoutRepeatingIt(String json) {
        InvalidSettingsException thrown = catchThrowableOfType(
                InvalidSettingsException.class, () -> RuntimeConnectorSettings.fromTerraformOutput(json, "o"));

        assertThat(thrown)
                .hasMessageStartingWith("Cannot read the output of Terraform")
                .hasNoCause();
        assertThat(thrown.problems()).singleElement().asString().startsWith("json: ");
        assertThat(thrown).hasMessageNotContaining("very-secret");
    }

    @Test
    void fromTerraformOutput_whenNestedTooDeep_refuses() {
        String json = "{\"o\": " + "[".repeat(64) + "]".repeat(64) + "}";

        assertThat(problems(() -> RuntimeConnectorSettings.fromTerraformOutput(json, "o")))
                .singleElement()
                .asString()
                .contains("nested too deep");
    }

    @Test
    void fromTerraformOutput_whenTooLarge_refuses() {
        String json = "{\"o\": \"" + "x".repeat(1 << 20) + "\"}";

        assertThat(problems(() -> RuntimeConnectorSettings.fromTerraformOutput(json, "o")))
                .singleElement()
                .asString()
                .contains("at most 1048576 are read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ma\nin", "\u202eniam", "cafe\u0301", "", "\u00a0"})
    void fromMap_whenEnvironmentIsNoName_refuses(String environment) {
        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(with("environment", environment))))
                .singleElement()
                .asString()
                .startsWith("environment: must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloud", "region", "role_arn", "account_id", "environment", "external_id"})
    void fromMap_whenAValueIsVeryLong_quotesNoMoreThanItsBeginning(String key) {
        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(with(key, "x".repeat(100_000)))))
                .singleElement()
                .asString()
                .startsWith(key)
                .hasSizeLessThan(500);
    }

    @Test
    void fromMap_whenKeysThatAreNotKnownAreMany_namesTheFirst() {
        Map<String, String> settings = new TreeMap<>();
        IntStream.range(1_000, 2_000).forEach(i -> settings.put("key" + i, ""));

        assertThat(problems(() -> RuntimeConnectorSettings.fromMap(settings)))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("region: is missing. Not known are key1000, key1001, ")
                        .endsWith(", key1018, key1019 and others."));
    }

    @Test
    void fromTerraformOutput_whenOutputsAreMany_namesTheFirst() {
        String json = IntStream.range(1_000, 2_000)
                .mapToObj(i -> "\"out" + i + "\":1")
                .collect(joining(",", "{", "}"));

        assertThat(problems(() -> RuntimeConnectorSettings.fromTerraformOutput(json, "o")))
                .singleElement()
                .asString()
                .contains("which are [out1000, out1001,", "out1018, out1019 and others].");
    }

    @Test
    void problems_whenTextFromOutsideIsInThem_isEscaped() {
        assertThatThrownBy(() -> RuntimeConnectorSettings.fromMap(with("cloud", "gcp\nINFO")))
                .isInstanceOfSatisfying(InvalidSettingsException.class, thrown -> {
                    assertThat(thrown.problems().toString()).contains("gcp\\u000aINFO");
                    assertThat(thrown).hasMessageContaining("gcp\\u000aINFO");
                    assertThat(thrown.isRetryable()).isFalse();
                });
    }

    @Test
    void newInvalidSettings_whenNothingIsWrong_refuses() {
        assertThatThrownBy(() -> new InvalidSettingsException("test", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new TreeMap<>(Samples.settings());
        settings.put(key, value);
        return settings;
    }

    private static List<String> problems(ThrowingCallable call) {
        return catchThrowableOfType(InvalidSettingsException.class, call).problems();
    }
}
