package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

class RecordedCallTest {

    private final SimulatedAws aws = SimulatedAws.create();

    @Test
    void calls_inTheOrderTheyCame_haveTimeServiceAndOperation() {
        Samples.sts(aws).getCallerIdentity();
        aws.clock().advance(Duration.ofSeconds(5));
        Samples.sts(aws).getCallerIdentity();

        assertThat(aws.calls("sts:GetCallerIdentity"))
                .extracting(RecordedCall::time)
                .containsExactly(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:05Z"));
        assertThat(aws.calls("GetUser")).isEmpty();
        RecordedCall call = aws.calls().get(0);
        assertThat(call.service()).isEqualTo("sts");
        assertThat(call.operation()).isEqualTo("GetCallerIdentity");
        assertThat(call.caller()).isEqualTo("arn:aws:iam::111122223333:user/service");
        assertThat(call.callerRole()).isEmpty();
        assertThat(call.resources()).isEmpty();
        assertThat(call.parameters()).isEmpty();
        assertThat(call.fault()).isEmpty();
        aws.clearCalls();
        assertThat(aws.calls()).isEmpty();
        assertThat(aws.printCalls()).isEmpty();
    }

    @Test
    void printCalls_ofSeveral_alignsColumnsAndEscapesForeignText() {
        IamClient iam = Samples.adminIam(aws);
        aws.fault("GetUser", 1, Fault.THROTTLE);
        String foreign = "a\u202Eb\nc\u0007d\\e\uD83D\uDE00";
        assertThatThrownBy(() -> iam.getUser(request -> request.userName(foreign)))
                .hasMessageContaining("Rate exceeded");
        Samples.sts(aws).getCallerIdentity();

        assertThat(aws.printCalls()).isEqualTo("""
                        2026-01-01T00:00:00Z  FAULT:THROTTLE  arn:aws:sts::111122223333:assumed-role/Admin/simulated-test  iam:GetUser              {UserName=a\\u{202e}b\\u{a}c\\u{7}d\\u{5c}e\uD83D\uDE00}  Throttling
                        2026-01-01T00:00:00Z  ALLOWED         arn:aws:iam::111122223333:user/service                       sts:GetCallerIdentity    {}
                        """);
        assertThat(aws.calls().get(0).toString()).startsWith("2026-01-01").doesNotContain("\n", "\u202E");
    }

    @Test
    void toMermaid_ofNoCall_isADiagramWithoutAnything() {
        assertThat(aws.toMermaid()).isEqualTo("sequenceDiagram\n");
    }

    @Test
    void toMermaid_ofSeveral_hasCallersBeforeServicesAndOneArrowForEachCall() {
        IamClient iam = Samples.adminIam(aws);
        aws.iam().createUser("ada");
        Samples.sts(aws).getCallerIdentity();
        iam.getUser(request -> request.userName("ada"));
        assertThatThrownBy(() -> iam.getUser(request -> request.userName("bob")));
        assertThatThrownBy(
                () -> Samples.iam(aws, aws.serviceCredentials()).getUser(request -> request.userName("ada")));
        aws.fault("GetUser", 1, Fault.CONNECTION_RESET_AFTER);
        assertThatThrownBy(() -> iam.getUser(request -> request.userName("ada")));

        assertThat(aws.toMermaid()).isEqualTo("""
                        sequenceDiagram
                            participant c1 as service
                            participant c2 as Admin
                            participant s1 as sts
                            participant s2 as iam
                            c1->>s1: GetCallerIdentity
                            c2->>s2: GetUser user/ada
                            c2-xs2: GetUser (rejected, NoSuchEntity)
                            c1-xs2: GetUser user/ada (denied, AccessDenied)
                            c2-xs2: GetUser user/ada (connection reset after)
                        """);
    }

    @Test
    void toMermaid_ofTwoRolesOfOneName_tellsThemApart() {
        String trust = Samples.trust("*");
        String first = aws.iam().createRole("/a/", "Reader", trust, Samples.allow("*", "*"));
        String second = aws.iam().createRole("/b/", "Guest", trust, Samples.allow("*", "*"));
        String third = aws.iam("444455556666").createRole("/", "Guest", trust, Samples.allow("*", "*"));
        List.of(first, second, third)
                .forEach(role -> Samples.sts(aws, aws.credentialsOf(role)).getCallerIdentity());

        assertThat(aws.toMermaid()).contains("""
                            participant c1 as Reader
                            participant c2 as arn#58;aws#58;iam#58;#58;111122223333#58;role/b/Guest
                            participant c3 as arn#58;aws#58;iam#58;#58;444455556666#58;role/Guest
                        """);
    }
}
