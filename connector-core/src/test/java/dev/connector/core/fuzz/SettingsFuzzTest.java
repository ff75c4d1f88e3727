package dev.connector.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.RuntimeConnectorSettings;
import dev.connector.core.TerraformOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Settings that are accepted are consistent and keep their secret; settings that are not say why in a few words. */
class SettingsFuzzTest {

    private static final Set<Class<? extends RuntimeException>> DOCUMENTED = Set.of(InvalidSettingsException.class);

    @FuzzTest
    void terraformOutput_ofAnyJson_isReadOrRefused(byte[] input) {
        String json = Hostile.text(input);
        Hostile.read(DOCUMENTED, () -> TerraformOutput.read(json, "o"))
                .ifPresent(SettingsFuzzTest::assertReadAsSettings);
    }

    @FuzzTest
    void settings_ofAnyValues_areConsistentOrRefused(byte[] input) {
        String[] values = Hostile.text(input).split("\n", 6);
        if (values.length == 6) {
            Map<String, String> map = new HashMap<>(Map.of(values[4], "aws"));
            map.put("role_arn", values[0]);
            map.put("region", values[1]);
            map.put("account_id", values[2]);
            map.put("environment", values[3]);
            map.put("external_id", values[5]);
            assertReadAsSettings(map);
        }
    }

    private static void assertReadAsSettings(Map<String, String> map) {
        Hostile.read(DOCUMENTED, () -> RuntimeConnectorSettings.fromMap(map)).ifPresent(settings -> {
            assertThat(settings).isEqualTo(RuntimeConnectorSettings.fromMap(map));
            assertThat(settings.roleArn()).hasToString(map.get("role_arn"));
            assertThat(settings.region().id()).isEqualTo(map.get("region")).matches("[a-z0-9-]+");
            assertThat(settings.region().isGlobalRegion()).isFalse();
            assertThat(settings.accountId().stream())
                    .allMatch(settings.roleArn().accountId()::equals);
            assertThat(settings.externalId()).matches("[A-Za-z0-9_+=,.@:/-]{2,1224}");
            Hostile.assertIsOneLine(settings.toString());
            assertIsNotPrinted(settings);
        });
    }

    /** A short secret may stand in the other settings by chance. */
    private static void assertIsNotPrinted(RuntimeConnectorSettings settings) {
        String others = "" + settings.roleArn() + settings.region() + settings.accountId() + settings.environment();
        if (settings.externalId().length() > 10 && !others.contains(settings.externalId())) {
            assertThat(settings.toString()).doesNotContain(settings.externalId());
        }
    }
}
