package dev.connector.examples.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.testing.Canary;
import dev.connector.testing.SimulatedAws;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

class TestingApiTest {

    @Test
    void create_hasTheDefaults() {
        try (SimulatedAws aws = SimulatedAws.create()) {
            assertThat(aws.accountId()).isEqualTo("111122223333");
            assertThat(aws.clock().instant()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(aws.runtimeConnector("main")).containsEntry("region", "us-east-1");
        }
    }

    @Test
    void builder_makesTheAccountThatItWasTold() {
        try (SimulatedAws aws = SimulatedAws.builder()
                .accountId("444455556666")
                .startingAt(Instant.parse("2030-02-03T04:05:06Z"))
                .region(Region.CN_NORTH_1)
                .build()) {
            assertThat(aws.clock().instant()).isEqualTo("2030-02-03T04:05:06Z");
            try (StsClient sts = aws.configure(StsClient.builder()).build()) {
                assertThat(sts.getCallerIdentity(request -> {}).arn())
                        .isEqualTo("arn:aws-cn:iam::444455556666:user/service");
            }
        }
    }

    @Test
    void seed_decidesWhatIsRandom() {
        assertThat(externalId(7)).isEqualTo(externalId(7)).isNotEqualTo(externalId(8));
    }

    private static String externalId(long seed) {
        try (SimulatedAws aws = SimulatedAws.builder().seed(seed).build()) {
            return aws.runtimeConnector("main").get("external_id");
        }
    }

    @Test
    void accountId_thatHasNotTwelveDigits_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedAws.builder().accountId("4444"))
                .withMessageContaining("twelve digits");
    }

    @Test
    void canary_findsTheSecretThatItWasTold_andOnlyThat() {
        Canary canary = Canary.create().secret("the password", "correct-horse-battery");

        canary.check("the log", "user=ada");

        assertThatThrownBy(() -> canary.check("the log", "password=correct-horse-battery"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the password")
                .hasMessageNotContaining("correct-horse-battery");
    }

    @Test
    void canary_withoutASecret_cannotPass() {
        assertThatThrownBy(() -> Canary.create().check("the log", "user=ada"))
                .isInstanceOf(IllegalStateException.class);
    }
}
