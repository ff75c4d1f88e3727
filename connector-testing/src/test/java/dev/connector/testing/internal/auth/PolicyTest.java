package dev.connector.testing.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.connector.testing.AwsFact;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    private static final String GROUP = "arn:aws:iam::111122223333:group/sym/OnCall";

    @ParameterizedTest
    @AwsFact(70)
    @CsvSource({
        "arn:aws:iam::111122223333:group/sym/OnCall, true",
        "arn:aws:iam::111122223333:group/*, true",
        "arn:aws:iam::111122223333:group/*/OnCall, true",
        "arn:aws:iam::111122223333:group/s??/On*, true",
        "arn:aws:iam::*:group/*all, true",
        "arn:*, true",
        "*, true",
        "arn:aws:iam::111122223333:group/OnCall, false",
        "arn:aws:iam::111122223333:group/sym/oncall, false",
        "arn:aws:iam::111122223333:group/sym/?, false",
        "arn:aws:iam::111122223333:group/sym/OnCall?, false",
        "arn:aws:iam::111122223333:group/*x, false",
        "arn:aws:iam::111122223333:group/sym/OnCal, false"
    })
    void resource_withWildcards_matchesAlsoOverSlashes(String pattern, boolean matches) {
        assertThat(allows("\"Action\": \"*\", \"Resource\": \"" + pattern + "\"", "iam:GetGroup", GROUP))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @AwsFact(70)
    @CsvSource({
        "${*}, *, true",
        "${*}, x, false",
        "${?}, ?, true",
        "${?}, x, false",
        "${$}{x}, ${x}, true",
        "a${*}*, a*bc, true",
        "a${*}*, abc, false",
        "$*, $x, true"
    })
    void resource_withEscapes_takesThemLiterally(String pattern, String name, boolean matches) {
        String prefix = "arn:aws:iam::111122223333:group/";

        assertThat(allows(
                        "\"Action\": \"*\", \"Resource\": \"" + prefix + pattern + "\"", "iam:GetGroup", prefix + name))
                .isEqualTo(matches);
    }

    @Test
    void resource_inAPolicyOfTheFirstVersion_knowsNoEscapes() {
        String policy = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn:x${*}\"}}";

        assertThat(Policy.evaluate(
                        List.of(Policy.ofIdentity(policy)), new Access("iam:GetGroup", "arn:x${any}", Map.of())))
                .isEqualTo(Verdict.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "iam:GetUser, true",
        "IAM:getuser, true",
        "iam:Get*, true",
        "iam:Get????, true",
        "iam:*, true",
        "*, true",
        "iam:GetUserPolicy, false",
        "sts:*, false"
    })
    void action_takesNoNoticeOfLetterCase(String pattern, boolean matches) {
        assertThat(allows("\"Action\": \"" + pattern + "\", \"Resource\": \"*\"", "iam:GetUser", GROUP))
                .isEqualTo(matches);
    }

    @Test
    void notActionAndNotResource_areEverythingElse() {
        String notAction = "\"NotAction\": [\"iam:Get*\", \"sts:*\"], \"Resource\": \"*\"";
        String notResource = "\"Action\": \"*\", \"NotResource\": \"arn:aws:iam::111122223333:group/sym/*\"";

        assertThat(allows(notAction, "iam:GetGroup", GROUP)).isFalse();
        assertThat(allows(notAction, "iam:AddUserToGroup", GROUP)).isTrue();
        assertThat(allows(notResource, "iam:GetGroup", GROUP)).isFalse();
        assertThat(allows(notResource, "iam:GetGroup", "arn:aws:iam::111122223333:group/Other"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StringEquals          | aws:RequestTag/Team | ^blue^,^green^ | blue | true",
                "StringEquals          | aws:RequestTag/Team | ^b*^           | blue | false",
                "StringEquals          | aws:RequestTag/Team | ^blue^         |      | false",
                "StringEqualsIfExists  | aws:RequestTag/Team | ^blue^         |      | true",
                "StringEqualsIfExists  | aws:RequestTag/Team | ^blue^         | red  | false",
                "StringNotEquals       | aws:RequestTag/Team | ^blue^,^green^ | blue | false",
                "StringNotEquals       | aws:RequestTag/Team | ^blue^,^green^ | red  | true",
                "StringNotEquals       | aws:RequestTag/Team | ^blue^         |      | true",
                "StringLike            | aws:RequestTag/Team | ^b*^           | blue | true",
                "StringLike            | aws:RequestTag/Team | ^B*^           | blue | false",
                "StringLikeIfExists    | aws:RequestTag/Team | ^B*^           |      | true",
                "StringNotLike         | aws:RequestTag/Team | ^b*^           | blue | false",
                "StringNotLikeIfExists | aws:RequestTag/Team | ^b*^           |      | true",
                "Bool                  | aws:SecureTransport | ^true^         | true | true",
                "Bool                  | aws:SecureTransport | true           | True | true",
                "Bool                  | aws:SecureTransport | ^false^        | true | false",
                "ArnLike   | aws:PrincipalArn | ^arn:aws:iam::*:role/sym/*^ | arn:aws:iam::111122223333:role/sym/x | true",
                "ArnEquals | aws:PrincipalArn | ^arn:aws:iam::*:role/sym/*^ | arn:aws:iam::111122223333:role/x     | false",
                "ArnLike   | aws:PrincipalArn | ^arn:aws:*:::x:y^           | arn:aws:iam::111122223333:role/x     | false",
                "ArnLike   | aws:PrincipalArn | ^arn:aws:iam::*:role/*^     | no arn                               | false"
            })
    void condition_ofEachOperator_holdsAsDocumented(
            String operator, String key, String values, String actual, boolean holds) {
        String condition =
                "\"Condition\": {\"" + operator + "\": {\"" + key + "\": [" + values.replace('^', '"') + "]}}";
        Map<String, String> context = actual == null ? Map.of() : Map.of(key, actual);
        Policy policy = Policy.ofIdentity(identity("\"Action\": \"*\", \"Resource\": \"*\", " + condition));

        assertThat(Policy.evaluate(List.of(policy), new Access("iam:GetGroup", GROUP, context)) == Verdict.ALLOWED)
                .isEqualTo(holds);
    }

    @Test
    @AwsFact(74)
    void conditionKey_isFoundInAnyLetterCaseAndItsTagKeyToo() {
        String condition = "\"Condition\": {\"StringEquals\": {\"AWS:resourcetag/SymEnv\": \"main\"}}";
        Policy policy = Policy.ofIdentity(identity("\"Action\": \"*\", \"Resource\": \"*\", " + condition));

        assertThat(Policy.evaluate(
                        List.of(policy), new Access("iam:GetGroup", GROUP, Map.of("aws:ResourceTag/symenv", "main"))))
                .isEqualTo(Verdict.ALLOWED);
        assertThat(Policy.evaluate(
                        List.of(policy), new Access("iam:GetGroup", GROUP, Map.of("aws:ResourceTag/symenv", "Main"))))
                .isEqualTo(Verdict.NOT_ALLOWED);
    }

    @Test
    void conditions_ofOneStatement_mustAllHold() {
        Policy policy = Policy.ofIdentity(identity("\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {"
                + "\"StringEquals\": {\"a:x\": \"1\", \"a:y\": \"2\"}, \"StringLike\": {\"a:z\": \"3*\"}}"));

        assertThat(Policy.evaluate(
                        List.of(policy),
                        new Access("iam:GetGroup", GROUP, Map.of("a:x", "1", "a:y", "2", "a:z", "33"))))
                .isEqualTo(Verdict.ALLOWED);
        assertThat(Policy.evaluate(
                        List.of(policy), new Access("iam:GetGroup", GROUP, Map.of("a:x", "1", "a:y", "2", "a:z", "4"))))
                .isEqualTo(Verdict.NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "111122223333, ACCOUNT",
        "arn:aws:iam::111122223333:root, ACCOUNT",
        "444455556666, NONE",
        "arn:aws:iam::111122223333:role/sym/Worker, PRINCIPAL",
        "arn:aws:iam::111122223333:role/Worker, NONE",
        "arn:aws:sts::111122223333:assumed-role/Worker/one, SESSION",
        "arn:aws:sts::111122223333:assumed-role/Worker/two, NONE",
        "*, PRINCIPAL"
    })
    void trust_inASession_dependsOnWhatIsNamed(String principal, Trust expected) {
        Policy policy = Policy.ofTrust(trust("\"Principal\": {\"AWS\": [\"" + principal + "\"]}"));

        assertThat(policy.trustIn(session(), new Access("sts:AssumeRole", GROUP, Map.of())))
                .isEqualTo(expected);
    }

    @Test
    void trust_inServicesAndProviders_isInNobodyWhoCalls() {
        Policy policy = Policy.ofTrust(trust("\"Principal\": {\"Service\": \"lambda.amazonaws.com\","
                + " \"Federated\": [\"accounts.google.com\"]}"));

        assertThat(policy.trustIn(session(), new Access("sts:AssumeRole", GROUP, Map.of())))
                .isEqualTo(Trust.NONE);
    }

    @Test
    void trust_ofSeveralPrincipals_isTheMostOfThem() {
        Policy policy = Policy.ofTrust(trust(
                "\"Principal\": {\"AWS\": [\"111122223333\"," + " \"arn:aws:iam::111122223333:role/sym/Worker\"]}"));

        assertThat(policy.trustIn(session(), new Access("sts:AssumeRole", GROUP, Map.of())))
                .isEqualTo(Trust.PRINCIPAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{} {}",
                "{\"Version\": \"2012-10-17\", \"Statement\": []}",
                "{\"Version\": \"2012-10-17\", \"Statement\": [[]]}",
                "{\"Version\": \"2020-01-01\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}",
                "{\"Version\": \"2012-10-17\", \"Other\": 1, \"Statement\": []}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}"
            })
    void policy_thatIsMalformed_isRefused(String policy) {
        assertRefused(policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Action\": \"*\"",
                "\"Resource\": \"*\"",
                "\"Action\": [], \"Resource\": \"*\"",
                "\"Action\": null, \"Resource\": \"*\"",
                "\"Action\": {}, \"Resource\": \"*\"",
                "\"Action\": \"GetUser\", \"Resource\": \"*\"",
                "\"Action\": \"iam:Get User\", \"Resource\": \"*\"",
                "\"Action\": \"*\", \"Resource\": \"group/OnCall\"",
                "\"Action\": \"*\", \"Resource\": \"**\"",
                "\"Action\": \"*\", \"NotAction\": \"*\", \"Resource\": \"*\"",
                "\"Action\": \"*\", \"Resource\": \"arn:${aws:username}\"",
                "\"Action\": \"*\", \"Resource\": \"arn:x${\"",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Principal\": \"*\"",
                "\"Action\": \"*\", \"Resource\": \"*\", \"NotPrincipal\": \"*\"",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": []",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": \"x\"}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"NumericEquals\": {\"a:b\": 1}}",
                "\"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"ArnLike\": {\"a:b\": \"*\"}}"
            })
    void statement_thatIsMalformedOrNotKnown_isRefused(String members) {
        assertRefused(identity(members));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Principal\": \"arn:aws:iam::111122223333:root\"",
                "\"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/*\"}",
                "\"Principal\": {\"AWS\": \"ada\"}",
                "\"Principal\": {\"Canonical\": \"x\"}",
                "\"NotPrincipal\": {\"AWS\": \"*\"}",
                "\"Principal\": \"*\", \"Resource\": \"*\"",
                "\"Sid\": \"nobody\""
            })
    void trust_thatIsMalformedOrNotKnown_isRefused(String members) {
        assertThatExceptionOfType(PolicySyntaxException.class).isThrownBy(() -> Policy.ofTrust(trust(members)));
    }

    @Test
    void effect_thatIsNone_isRefused() {
        assertRefused("{\"Statement\": [{\"Effect\": \"Perhaps\", \"Action\": \"*\", \"Resource\": \"*\"}]}");
    }

    private static void assertRefused(String policy) {
        assertThatExceptionOfType(PolicySyntaxException.class).isThrownBy(() -> Policy.ofIdentity(policy));
    }

    private static boolean allows(String members, String action, String resource) {
        Policy policy = Policy.ofIdentity(identity(members));
        return Policy.evaluate(List.of(policy), new Access(action, resource, Map.of())) == Verdict.ALLOWED;
    }

    private static String identity(String members) {
        return "{\"Version\": \"2012-10-17\", \"Id\": \"test\", \"Statement\": [{\"Effect\": \"Allow\", " + members
                + "}]}";
    }

    private static String trust(String members) {
        return identity("\"Action\": \"sts:AssumeRole\", " + members);
    }

    private static Identity session() {
        return new Identity(
                "arn:aws:sts::111122223333:assumed-role/Worker/one",
                "arn:aws:iam::111122223333:role/sym/Worker",
                "111122223333",
                "AROAX",
                new Session("one", Instant.MAX, null, null, Map.of()));
    }
}
