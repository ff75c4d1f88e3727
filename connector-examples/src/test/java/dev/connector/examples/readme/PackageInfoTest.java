package dev.connector.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testing.SimulatedAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Javadoc of each public package of the published modules shows what its users do first, by a part of {@link PackageInfoExample}, but for white space.
 *
 * <p>All that is shown is also run, but for the whole test kit, which takes minutes; {@link ReadmeTest} runs a part of it.
 */
class PackageInfoTest {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package (\\S+);");
    private static final Pattern PUBLISHED =
            Pattern.compile("<artifactId>(connector-(?!parent|bom)[a-z-]+)</artifactId>");

    private final SimulatedAws aws = SimulatedAws.create();
    private final Map<String, String> runtime = aws.runtimeConnector("main");

    static Stream<String> publicPackages() {
        return sources().keySet().stream();
    }

    @Test
    void publicPackages_areThoseOfAllPublishedModules() {
        assertThat(publicPackages())
                .contains(
                        "dev.connector.core",
                        "dev.connector.core.strategy",
                        "dev.connector.strategies.iam",
                        "dev.connector.strategies.sso",
                        "dev.connector.testing",
                        "dev.connector.testkit")
                .noneMatch(name -> name.contains(".internal"));
    }

    @ParameterizedTest
    @MethodSource("publicPackages")
    void codeOfThePackage_isThatOfTheExample(String name) {
        assertThat(ShownCode.ofJavadoc(sources().get(name)))
                .hasSize(1)
                .containsExactlyElementsOf(ShownCode.ofExample(PackageInfoExample.class, name));
    }

    /** Each public package, with the source of its Javadoc. */
    private static SortedMap<String, Path> sources() {
        SortedMap<String, Path> sources = new TreeMap<>();
        for (String module : publishedModules().toList()) {
            Path root = Path.of("..", module, "src/main/java");
            packageInfos(root).forEach(file -> sources.put(packageOf(file), file));
        }
        sources.keySet().removeIf(name -> (name + ".").contains(".internal."));
        return sources;
    }

    private static Stream<String> publishedModules() {
        return PUBLISHED
                .matcher(read(Path.of("../connector-bom/pom.xml")))
                .results()
                .map(module -> module.group(1));
    }

    private static Stream<Path> packageInfos(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("package-info.java")).toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String packageOf(Path packageInfo) {
        Matcher declaration = PACKAGE.matcher(read(packageInfo));
        assertThat(declaration.find()).as("%s names its package", packageInfo).isTrue();
        return declaration.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Here the connector goes by the machine's clock, and so must AWS. */
    @Test
    void core_opensASession() {
        SimulatedAws today = SimulatedAws.builder()
                .startingAt(ConnectorClock.system().instant())
                .build();
        String terraformOutput = terraformOutput(today.runtimeConnector("main"));
        String role = today.iamConnector("main").get("role_arn");
        today.iam().createUser("ada");

        assertThat(PackageInfoExample.openASession(
                        terraformOutput, today.serviceCredentials(), today.httpClient(), role))
                .isEqualTo("arn:aws:iam::111122223333:user/ada");
    }

    private static String terraformOutput(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "\"" + setting.getKey() + "\": \"" + setting.getValue() + "\"")
                .collect(Collectors.joining(", ", "{\"runtime_connector\": {\"value\": {", "}}}"));
    }

    @Test
    void strategy_givesAndTakesAway_andStoresTheGrant() {
        aws.iam().createUser("ada");
        aws.iam().createGroup("/sym/", "OnCall");
        Map<UUID, String> store = new HashMap<>();
        try (RuntimeConnector connector = connector();
                IamGroupStrategy strategy = IamGroupStrategy.builder()
                        .connector(connector)
                        .settings(aws.iamConnector("main"))
                        .allowedGroups(IamGroupPattern.of("/sym/", "*"))
                        .build()) {
            Revocation revocation = PackageInfoExample.giveAndTakeAway(
                    strategy, IamGroupTarget.of("/sym/", "OnCall"), aws.clock().instant(), store);

            assertThat(revocation.result()).isEqualTo(Revocation.Result.REVOKED);
        }
        assertThat(store.values())
                .singleElement()
                .extracting(json -> Grant.fromJson(json).state())
                .isEqualTo(GrantState.GRANTED);
    }

    @Test
    void iam_givesAGroup_andTakesItAway() {
        aws.iam().createUser("ada");
        aws.iam().createGroup("/sym/", "OnCall");
        try (RuntimeConnector connector = connector()) {
            Revocation revocation = PackageInfoExample.giveAGroup(
                    connector, aws.iamConnector("main"), aws.clock().instant());

            assertThat(revocation.result()).isEqualTo(Revocation.Result.REVOKED);
        }
        assertThat(aws.calls("AddUserToGroup")).hasSize(1);
        assertThat(aws.iam().members("OnCall")).isEmpty();
    }

    @Test
    void sso_givesAPermissionSet_andTakesItAway() {
        aws.identityCenter().createUser("ada", "ada@example.com");
        String readOnly = aws.identityCenter().createPermissionSet("ReadOnly", Duration.ofHours(4));
        try (RuntimeConnector connector = connector()) {
            Revocation revocation = PackageInfoExample.giveAPermissionSet(
                    connector,
                    aws.ssoConnector("main"),
                    readOnly,
                    "444455556666",
                    aws.clock().instant());

            assertThat(revocation.result()).isEqualTo(Revocation.Result.REVOKED);
        }
        assertThat(aws.calls("CreateAccountAssignment")).hasSize(1);
        assertThat(aws.identityCenter().assignedUsers(readOnly, "444455556666")).isEmpty();
    }

    /** Its own assertion is what it shows. */
    @Test
    void testing_showsWhatWasCalled() {
        PackageInfoExample.simulate();
    }

    private RuntimeConnector connector() {
        return RuntimeConnector.builder()
                .settings(runtime)
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await))
                .build();
    }
}
