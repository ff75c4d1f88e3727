package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Tag;

/** Names from outside that would start a line, move a cursor or turn the reading direction, wherever the simulation prints them. */
class ForeignTextTest {

    private static final String HOSTILE =
            "x\r\nforged\u0000\u001b[2K\u007f\u0085\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff";

    private final SimulatedAws aws = SimulatedAws.create();

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("account", aws -> SimulatedAws.builder().accountId(HOSTILE)),
                refusal("another account", aws -> aws.iam(HOSTILE)),
                refusal("principal", aws -> aws.credentialsOf(HOSTILE)),
                refusal("environment", aws -> aws.runtimeConnector(HOSTILE)),
                refusal("pattern of groups", aws -> aws.iamConnector("main", HOSTILE)),
                refusal("operation of a fault", aws -> aws.fault(HOSTILE, 1, Fault.THROTTLE)),
                refusal("operation of calls", aws -> aws.calls(HOSTILE)),
                refusal("new user", aws -> aws.iam().createUser(HOSTILE)),
                refusal("new path", aws -> aws.iam().createUser("/" + HOSTILE + "/", "ada")),
                refusal("user", aws -> aws.iam().groupsOf(HOSTILE)),
                refusal("group", aws -> aws.iam().members(HOSTILE)),
                refusal("role", aws -> aws.iam().putRolePolicy(HOSTILE, "policy", Samples.allow("*", "*"))),
                refusal("policy of a role", aws -> aws.iam().deleteRolePolicy(roleOf(aws), HOSTILE)),
                refusal("action", aws -> aws.iam().putRolePolicy(roleOf(aws), "policy", policy("Action"))),
                refusal("effect", aws -> aws.iam().putRolePolicy(roleOf(aws), "policy", policy("Effect"))),
                refusal("malformed policy", aws -> aws.iam().putRolePolicy(roleOf(aws), "policy", "{" + HOSTILE)));
    }

    private static Arguments refusal(String what, Consumer<SimulatedAws> call) {
        return Arguments.of(what, call);
    }

    private static String roleOf(SimulatedAws aws) {
        aws.iam().createRole("/", "Role", Samples.trust(aws.accountId()));
        return "Role";
    }

    private static String policy(String field) {
        String json = Samples.allow("iam:GetUser", "*");
        String hostile =
                HOSTILE.codePoints().mapToObj(c -> String.format("\\u%04x", c)).reduce("", String::concat);
        return json.replaceFirst("(\"" + field + "\": \")[^\"]*", "$1" + hostile.replace("\\", "\\\\"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusal_whenTextIsHostile_printsItEscaped(String what, Consumer<SimulatedAws> call) {
        Throwable refused = catchThrowable(() -> call.accept(aws));

        for (Throwable each = refused; each != null; each = each.getCause()) {
            assertPlain(each.toString());
        }
        assertThat(refused).isNotNull();
    }

    /** AWS itself, and so the simulation, repeats what it calls wrong as it is: who prints its words escapes them. */
    @Test
    void calls_whenParametersAreHostile_arePrintedEscapedAndKeptAsTheyWere() {
        String sendable = "x\r\nforged\u0085\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202e\u2066\ufeff";
        IamClient iam = Samples.adminIam(aws);
        StsClient sts = Samples.sts(aws);
        assertThatThrownBy(() -> iam.getUser(request -> request.userName(sendable)))
                .isInstanceOf(AwsServiceException.class);
        assertThatThrownBy(() ->
                        iam.addUserToGroup(request -> request.userName(sendable).groupName(sendable)))
                .isInstanceOf(AwsServiceException.class);
        assertThatThrownBy(() -> sts.assumeRole(Samples.assumeRole("arn:aws:iam::111122223333:role/" + sendable)
                        .roleSessionName(sendable)
                        .externalId(sendable)
                        .policy(sendable)
                        .tags(Tag.builder().key(sendable).value(sendable).build())
                        .build()))
                .isInstanceOf(AwsServiceException.class);

        assertThat(aws.calls()).hasSize(3).allSatisfy(call -> assertPlain(call.toString()));
        assertThat(aws.printCalls().split("\n")).hasSize(3).allSatisfy(ForeignTextTest::assertPlain);
        assertThat(aws.calls().get(0).parameters()).containsEntry("UserName", sendable);
        assertPlain(aws.toString());
    }

    private static void assertPlain(String text) {
        IntStream hostile =
                text.codePoints().filter(c -> HOSTILE.indexOf(c) >= 0 && !Character.isLetterOrDigit(c) && c != '[');
        assertThat(hostile).as(text).isEmpty();
    }
}
